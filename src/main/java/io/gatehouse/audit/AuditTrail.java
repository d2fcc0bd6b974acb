package io.gatehouse.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.access.CurrentPerson;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where every decision and state change is written down, in the transaction that makes it: both happen or neither.
 *
 * <p>Entries are collected and chained just before the commit, in one go, because the head of the chain is a row that
 * every writer locks and the lock should be held for as short a time as possible.
 */
@Component
public class AuditTrail {

    /** Keys in a fixed order, so the same facts always give the same text and the same hash. */
    private static final int DIGITS = 9;

    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final AuditChain chain;
    private final Surrogates surrogates;
    private final CurrentPerson currentPerson;
    private final Clock clock;

    AuditTrail(AuditChain chain, Surrogates surrogates, CurrentPerson currentPerson, Clock clock) {
        this.chain = chain;
        this.surrogates = surrogates;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    /**
     * Records that the current person did something.
     *
     * @param action what happened, as {@code change.Authorized}
     * @param object the number of what it happened to, as {@code CHG-000123}
     * @param facts ids, enum names, numbers and dates; no free text. Ids of people are put under {@code person} or
     *     another of the names that are replaced by numbers
     * @throws IllegalStateException outside a transaction, because the entry could then outlive what it reports
     */
    public void record(String action, String object, Map<String, ?> facts) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An audit entry is only written inside the transaction it reports on");
        }
        Pending pending = pending();
        if (pending.written) {
            throw new IllegalStateException("The entries of this transaction are already chained; record earlier");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        pending.entries.add(new AuditDraft(now, actor(), action, object, canonical(surrogates.in(facts))));
    }

    /**
     * Records what is worth saying once: not again if the current person is on record with the very same. Two who come at
     * the same moment may both be told.
     */
    public void recordOnce(String action, String object, Map<String, ?> facts) {
        if (!chain.tells(actor(), action, object, canonical(surrogates.in(facts)))) {
            record(action, object, facts);
        }
    }

    /**
     * Records that somebody did something to a record, and what it is like since: by this the record is compared later.
     *
     * @param row the digest of its rows, by {@link Fingerprint}
     */
    public void recordState(String action, String object, Map<String, ?> facts, String row) {
        Map<String, Object> all = new TreeMap<>(facts);
        all.put("row", row);
        record(action, object, all);
    }

    /** Records that a record is no longer there. */
    public void recordEnd(String action, String object, Map<String, ?> facts) {
        Map<String, Object> all = new TreeMap<>(facts);
        all.put("gone", true);
        record(action, object, all);
    }

    /**
     * The number of the newest entry that is committed. Whatever the entries up to it tell can be read by whoever reads it
     * afterwards, for entries are committed in the order of their numbers.
     */
    public long newest() {
        return chain.newest();
    }

    /** How the trail names a person: by a number, never by what others call them. */
    public String person(String id) {
        return surrogates.of(id);
    }

    /** How the trail names the account of a person at an identity provider. */
    String account(String id) {
        return surrogates.of("account", id);
    }

    /** An address that somebody called, without the names of people in it. */
    String address(String called) {
        return surrogates.inAddress(called);
    }

    private String actor() {
        return surrogates.of(currentPerson.idOrSystem());
    }

    /** How the trail names something that is counted: {@code freeze-000000012}, so that names sort as numbers do. */
    public static String numbered(String kind, long id) {
        String digits = Long.toString(id);
        return kind + "-" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    private Pending pending() {
        for (TransactionSynchronization candidate : TransactionSynchronizationManager.getSynchronizations()) {
            if (candidate instanceof Pending pending) {
                return pending;
            }
        }
        Pending pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    private static String canonical(Map<String, ?> facts) {
        try {
            return CANONICAL.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Audit facts must be plain values: " + facts, e);
        }
    }

    private final class Pending implements TransactionSynchronization {

        private final List<AuditDraft> entries = new ArrayList<>();
        private boolean written;

        @Override
        public void beforeCommit(boolean readOnly) {
            chain.append(entries);
            written = true;
        }
    }
}
