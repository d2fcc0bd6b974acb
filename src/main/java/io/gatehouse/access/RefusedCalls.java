package io.gatehouse.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells of refused attempts to change something: each first one at once, those that follow within ten seconds as a
 * number at their end. However busy somebody is, they cause {@value #MOST_CALLS} times two entries in ten seconds at most;
 * whoever kills a node takes away the numbers of its last ten seconds, and no first attempt.
 */
@Component
class RefusedCalls {

    static final int MOST_CALLS = 20;

    /** For how long a number is only in memory. */
    static final String UNTOLD_AT_MOST = "PT10S";

    static final String OTHER_CALLS = "other calls";

    private static final int MOST_CHARACTERS = 200;
    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9._/:%-]");
    private static final Pattern WHICH = Pattern.compile("(?<=/)[^/]*[0-9][^/]*");

    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    /** For each person and call, how many attempts have not been told yet. */
    private final Map<String, Map<String, Integer>> untold = new HashMap<>();

    RefusedCalls(TransactionTemplate transactions, ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.events = events;
    }

    void add(String person, String method, String path) {
        String address = ODD.matcher(path.substring(0, Math.min(path.length(), MOST_CHARACTERS)))
                .replaceAll("?");
        String call = method + " " + WHICH.matcher(address).replaceAll("{id}");
        count(person, call)
                .ifPresent(counted -> tell(List.of(new CallRefused(person, counted, method + " " + address, 1))));
    }

    /** Under which name it is to be told at once; empty if it only counts. */
    private synchronized Optional<String> count(String person, String call) {
        Map<String, Integer> calls = untold.computeIfAbsent(person, unknown -> new HashMap<>());
        String counted = calls.size() < MOST_CALLS - 1 || calls.containsKey(call) ? call : OTHER_CALLS;
        return calls.merge(counted, 0, (before, zero) -> before + 1) == 0 ? Optional.of(counted) : Optional.empty();
    }

    /** Tells how many followed the first ones, at the latest when this node stops. */
    @EventListener(ContextClosedEvent.class)
    @Scheduled(initialDelayString = UNTOLD_AT_MOST, fixedDelayString = UNTOLD_AT_MOST)
    void tellHowManyFollowed() {
        List<CallRefused> followed = takeUntold();
        if (!followed.isEmpty()) {
            tell(followed);
        }
    }

    private synchronized List<CallRefused> takeUntold() {
        List<CallRefused> followed = new ArrayList<>();
        untold.forEach((person, calls) -> calls.forEach((call, times) -> {
            if (times > 0) {
                followed.add(new CallRefused(person, call, "", times));
            }
        }));
        untold.clear();
        return followed;
    }

    private void tell(List<CallRefused> attempts) {
        transactions.executeWithoutResult(status -> attempts.forEach(events::publishEvent));
    }
}
