package io.gatehouse.audit;

import io.gatehouse.audit.verify.Difference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares the tables with the audit trail again and again, one node at a time, and writes down what it finds: a row for
 * auditors, an entry in the trail, a warning in the log.
 */
@Component
class ReconciliationRound {

    private static final Logger log = LoggerFactory.getLogger(ReconciliationRound.class);

    private final DifferenceRows rows;
    private final TrailSnapshot snapshot;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final Duration pause;

    ReconciliationRound(
            DifferenceRows rows,
            TrailSnapshot snapshot,
            AuditTrail trail,
            TransactionTemplate transaction,
            @Value("${gatehouse.audit.compare-every:PT5M}") Duration pause) {
        this.rows = rows;
        this.snapshot = snapshot;
        this.trail = trail;
        this.transaction = transaction;
        this.pause = pause;
    }

    @Scheduled(
            initialDelayString = "${gatehouse.audit.compare-every:PT5M}",
            fixedDelayString = "${gatehouse.audit.compare-every:PT5M}")
    void takeTurn() {
        if (rows.takeTurn(pause)) {
            compare();
        }
    }

    void compare() {
        TrailSnapshot.Comparison comparison = snapshot.next(rows.position());
        transaction.executeWithoutResult(status -> store(comparison));
    }

    private void store(TrailSnapshot.Comparison comparison) {
        List<String> objects = Stream.concat(
                        comparison.objects().stream(),
                        comparison.differences().stream().map(Difference::object))
                .distinct()
                .toList();
        List<FoundDifference> known = rows.openAbout(objects);
        comparison.differences().stream()
                .filter(found -> known.stream().noneMatch(one -> isSame(one, found)))
                .forEach(this::found);
        known.stream()
                .filter(one -> comparison.differences().stream().noneMatch(found -> isSame(one, found)))
                .forEach(this::gone);
        rows.moveTo(comparison.next());
    }

    private void found(Difference difference) {
        rows.add(difference);
        trail.record(
                "audit.DifferenceFound",
                difference.object(),
                Map.of("kind", difference.kind().name()));
        log.warn("{} is not as the audit trail says: {}", difference.object(), difference.sentence());
    }

    private void gone(FoundDifference difference) {
        rows.gone(difference);
        trail.record("audit.DifferenceGone", difference.object(), Map.of("kind", difference.kind()));
    }

    private static boolean isSame(FoundDifference known, Difference found) {
        return known.object().equals(found.object())
                && known.kind().equals(found.kind().name())
                && known.sentence().equals(found.sentence());
    }
}
