package io.gatehouse.release.train;

import io.gatehouse.audit.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Releases that keep to one schedule, as one of a series of such trains or alone.
 *
 * @param version counts every write
 */
public record Train(String key, long version, TrainContent content) {

    static Train first(String key, TrainContent content) {
        return new Train(key, 1, content);
    }

    Train next(TrainContent wanted) {
        return new Train(key, version + 1, wanted);
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        Schedule schedule = content.schedule();
        Cadence cadence = content.cadence();
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                key,
                version,
                content.name(),
                cadence == null ? null : cadence.weeks(),
                schedule.startsOn(),
                schedule.releasesOn()));
        // Came later: of a train without them the digest is what it was.
        Fingerprint.addNamed(row, "cadence", cadence == null ? null : cadence.other());
        Fingerprint.addNamed(row, "series", content.series());
        row.add(schedule.milestones().size());
        for (Milestone one : schedule.milestones()) {
            row.addAll(Arrays.asList(one.startsOn(), one.name(), one.endsOn(), one.kind(), one.service(), one.about()));
        }
        return Fingerprint.of(row);
    }
}
