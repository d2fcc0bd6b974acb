package io.gatehouse.release;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.engine.NamedTasks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has delegates asked beside the role in whose place they answer, when a delegation begins or ends while a task waits.
 * What they may say is decided when they say it; this is only what they see in the Tasklist. A day after the last delegation
 * has ended there is nobody left to look for.
 */
@Component
class OfferedSeats {

    private static final Logger log = LoggerFactory.getLogger(OfferedSeats.class);

    private final GoNoGoRows decisions;
    private final StageRows stages;
    private final Releases releases;
    private final SeatDelegations delegations;
    private final NamedTasks named;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    OfferedSeats(
            GoNoGoRows decisions,
            StageRows stages,
            Releases releases,
            SeatDelegations delegations,
            NamedTasks named,
            AuditTrail audit,
            TransactionTemplate transaction) {
        this.decisions = decisions;
        this.stages = stages;
        this.releases = releases;
        this.delegations = delegations;
        this.named = named;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT2M")
    void offer() {
        if (!delegations.anyOfLately()) {
            return;
        }
        decisions.underVote().forEach(release -> offer(ReleaseNumber.of(release), ReleaseModel.VOTE));
        stages.deployed().forEach(release -> offer(ReleaseNumber.of(release), ReleaseModel.SIGN_OFF_STAGE));
    }

    /** One after the other: one that cannot be offered must not keep the others waiting. */
    private void offer(String number, String task) {
        try {
            transaction.executeWithoutResult(status -> named.askBeside(
                            number, task, seat -> delegations.delegatesFor(releases.find(number), seat))
                    .forEach((seat, people) -> record(number, task, seat, people)));
        } catch (RuntimeException e) {
            log.warn("{} of {} cannot be offered to delegates", task, number, e);
        }
    }

    private void record(String number, String task, String seat, Set<String> people) {
        audit.record(
                "release.DelegatesAsked", number, Map.of("task", task, "seat", seat, "people", List.copyOf(people)));
    }
}
