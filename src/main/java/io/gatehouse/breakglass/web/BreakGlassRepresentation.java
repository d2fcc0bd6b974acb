package io.gatehouse.breakglass.web;

import io.gatehouse.breakglass.BreakGlass;
import io.gatehouse.breakglass.NamedAction;
import io.gatehouse.calendar.FreezeExemption;
import io.gatehouse.engine.Repair;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A break-glass as the API shows it. */
record BreakGlassRepresentation(
        String number,
        BreakGlass.State state,
        String target,
        List<Action> actions,
        String reason,
        String incident,
        Instant expiresAt,
        String askedBy,
        Instant askedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        BreakGlass.@Nullable EndReason endedBecause,
        @Nullable Instant endedAt,
        BreakGlass.@Nullable Outcome outcome,
        @Nullable String toMend,
        @Nullable String reviewedBy,
        @Nullable Instant reviewedAt,
        @Nullable FreezeOverride freezeOverride) {

    /** A freeze that was overridden by it. */
    record FreezeOverride(
            long freeze,
            Instant until,
            @Nullable String endedBy,
            @Nullable Instant endedAt,
            @Nullable String endedBecause) {

        static FreezeOverride of(FreezeExemption exemption) {
            return new FreezeOverride(
                    exemption.freeze(),
                    exemption.until(),
                    exemption.endedBy(),
                    exemption.endedAt(),
                    exemption.endedBecause());
        }
    }

    /** One thing it names. */
    record Action(
            Repair.Kind kind,
            @Nullable String at,
            @Nullable String to,
            @Nullable String variable,
            @Nullable String value,
            @Nullable Instant usedAt) {

        static Action of(NamedAction action) {
            Repair repair = action.repair();
            return new Action(
                    repair.kind(), repair.at(), repair.to(), repair.variable(), repair.value(), action.usedAt());
        }
    }

    static BreakGlassRepresentation of(BreakGlass shown, @Nullable FreezeExemption exemption) {
        return new BreakGlassRepresentation(
                shown.number(),
                shown.state(),
                shown.target(),
                shown.actions().stream().map(Action::of).toList(),
                shown.reason(),
                shown.incident(),
                shown.expiresAt(),
                shown.askedBy(),
                shown.askedAt(),
                shown.decidedBy(),
                shown.decidedAt(),
                shown.decisionReason(),
                shown.endedBecause(),
                shown.endedAt(),
                shown.outcome(),
                shown.toMend(),
                shown.reviewedBy(),
                shown.reviewedAt(),
                exemption == null ? null : FreezeOverride.of(exemption));
    }
}
