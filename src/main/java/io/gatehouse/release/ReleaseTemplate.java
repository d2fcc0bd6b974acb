package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How releases of a kind are planned, in one of its versions. A version stays as it is: a release that was planned by it
 * says so, and keeps what it took from it.
 *
 * @param version counted from 1
 * @param retiredBecause why no release is planned by it any more; of all versions at once
 */
public record ReleaseTemplate(
        String key,
        int version,
        ReleaseTemplateContent content,
        String writtenBy,
        Instant writtenAt,
        @Nullable String retiredBecause) {

    /** As a release names it: {@code major@3}. */
    public String name() {
        return key + "@" + version;
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                name(),
                key,
                version,
                content.name(),
                content.description(),
                StoredStages.write(content.stages()),
                content.seatLines(),
                writtenBy,
                writtenAt,
                retiredBecause));
        // Came later: of a template without them the digest is what it was.
        if (!content.criteria().isEmpty()) {
            row.add(StoredStages.write(content.criteria()));
        }
        Fingerprint.addNamed(row, "rollout_plan", content.rolloutPlan());
        return Fingerprint.of(row);
    }
}
