package io.gatehouse.calendar;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.Change;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** All freezes. */
@Service
@Transactional
public class Freezes {

    private final FreezeRepository rows;
    private final AuditTrail audit;
    private final Clock clock;

    Freezes(FreezeRepository rows, AuditTrail audit, Clock clock) {
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
    }

    /** Declares a freeze; changes that are already scheduled in it are sent back when their window opens. */
    public Freeze declare(
            String name,
            String reason,
            Instant startsAt,
            Instant endsAt,
            @Nullable String service,
            @Nullable String environment) {
        if (!startsAt.isBefore(endsAt)) {
            throw ProblemException.invalid("endsAt", "must be after startsAt");
        }
        Freeze freeze = rows.save(new Freeze(null, 0, name, reason, startsAt, endsAt, service, environment));
        audit.record(
                "calendar.FreezeDeclared",
                "freeze-" + freeze.id(),
                Map.of("startsAt", startsAt.toString(), "endsAt", endsAt.toString()));
        return freeze;
    }

    public void lift(long id) {
        rows.findById(id)
                .orElseThrow(() -> ProblemException.notFound(
                        "freeze-not-found",
                        "No such freeze",
                        "There is no freeze " + id + "; it may have been lifted."));
        rows.deleteById(id);
        audit.record("calendar.FreezeLifted", "freeze-" + id, Map.of());
    }

    /** Freezes that are not over yet, earliest first. */
    @Transactional(readOnly = true)
    public List<Freeze> current() {
        return rows.findByEndsAtAfterOrderByStartsAt(clock.instant());
    }

    /** The freezes that keep this change from being made in its window. */
    @Transactional(readOnly = true)
    public List<Freeze> against(Change change) {
        return rows
                .findByStartsAtBeforeAndEndsAtAfterOrderByStartsAt(
                        change.window().endsAt(), change.window().startsAt())
                .stream()
                .filter(freeze -> freeze.concerns(change))
                .toList();
    }
}
