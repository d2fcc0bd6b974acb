package io.gatehouse.change.web;

import io.gatehouse.change.OpenField;
import io.gatehouse.change.Plans;
import io.gatehouse.change.SuspensionRule;
import io.gatehouse.change.TemplateUses;
import io.gatehouse.change.TemplateVersion;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A version of a template as the API shows it. */
record TemplateVersionRepresentation(
        int version,
        String number,
        TemplateVersion.State state,
        String title,
        String service,
        String environment,
        Plans plans,
        Set<OpenField> open,
        SuspensionRule suspension,
        Set<String> authors,
        @Nullable Instant inForceSince,
        @Nullable String submittedBy,
        @Nullable Instant submittedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        @Nullable String endedBecause,
        int uses,
        List<String> failures) {

    static TemplateVersionRepresentation of(TemplateVersion version, TemplateUses.TrackRecord record) {
        return new TemplateVersionRepresentation(
                version.ordinal(),
                version.number(),
                version.state(),
                version.content().title(),
                version.content().service(),
                version.content().environment(),
                version.content().plans(),
                new TreeSet<>(version.content().open()),
                version.content().suspension(),
                version.authors(),
                version.countsSince(),
                version.submittedBy(),
                version.submittedAt(),
                version.decidedBy(),
                version.decidedAt(),
                version.decisionReason(),
                version.endedBecause(),
                record.uses(),
                record.failures());
    }
}
