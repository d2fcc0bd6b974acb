package io.gatehouse.release;

import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * How ready releases are and were. What is found is noted when something of a release is written and it is not what was
 * noted last, so that each missing thing has a moment since when it is missing.
 */
@Component
class ReadinessHistory {

    /** How much of the past is shown. */
    private static final int SHOWN = 50;

    private final ReadinessChecks checks;
    private final ReadinessRows rows;
    private final AuditTrail audit;
    private final Clock clock;

    ReadinessHistory(ReadinessChecks checks, ReadinessRows rows, AuditTrail audit, Clock clock) {
        this.checks = checks;
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
    }

    /** How ready it is at the moment. */
    Readiness of(Release release) {
        return withSince(checks.of(release), newest(release), null);
    }

    /** What was noted, newest first. */
    List<ReadinessNote> notesOf(Release release) {
        return rows.newest(release.stored(), SHOWN);
    }

    /** Notes how ready a release is; whoever has this done has locked it. */
    @EventListener
    void on(ReleaseWritten written) {
        if (!written.release().state().isFinal()) {
            note(written.release());
        }
    }

    /** How ready it is at the moment, which is on record from now on. */
    Readiness note(Release release) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<ReadinessNote> before = newest(release);
        Readiness found = withSince(checks.of(release), before, now);
        ReadinessNote note = new ReadinessNote(
                now,
                found.score(),
                found.missing().stream()
                        .map(item -> new ReadinessNote.Missing(
                                item.criterion(), item.about(), shortened(item.owner()), sinceOf(item, now)))
                        .toList());
        if (before.filter(note::saysAs).isEmpty()) {
            long id = rows.insert(release.stored(), note);
            audit.recordState(
                    "release.ReadinessNoted",
                    AuditTrail.numbered("readiness", id),
                    Map.of(
                            "release",
                            release.number(),
                            "score",
                            note.score(),
                            "missing",
                            note.missing().size()),
                    note.fingerprint(id, release.stored()));
        }
        return found;
    }

    private Optional<ReadinessNote> newest(Release release) {
        return rows.newest(release.stored(), 1).stream().findFirst();
    }

    /** What says itself since when it is missing is believed; of all else that is when it was noted first. */
    private static Readiness withSince(Readiness found, Optional<ReadinessNote> noted, @Nullable Instant otherwise) {
        return new Readiness(found.items().stream()
                .map(item -> item.met() || item.since() != null
                        ? item
                        : item.missingSince(noted.stream()
                                .flatMap(note -> note.missing().stream())
                                .filter(missing -> missing.isOf(item))
                                .map(ReadinessNote.Missing::since)
                                .findFirst()
                                .orElse(otherwise)))
                .toList());
    }

    private static Instant sinceOf(ReadinessItem item, Instant now) {
        return item.since() == null ? now : item.since();
    }

    /** As much as fits into the row. */
    private static @Nullable String shortened(@Nullable String owner) {
        return owner == null ? null : owner.substring(0, Math.min(owner.length(), 200));
    }
}
