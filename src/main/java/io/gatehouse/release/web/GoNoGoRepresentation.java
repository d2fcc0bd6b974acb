package io.gatehouse.release.web;

import io.gatehouse.release.GoCondition;
import io.gatehouse.release.GoNoGo;
import io.gatehouse.release.GoNoGoOutcome;
import io.gatehouse.release.GoNoGoSeat;
import io.gatehouse.release.SeatVote;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Go/No-Go decision as the API shows it. */
record GoNoGoRepresentation(
        int round,
        Instant openedAt,
        Instant closesAt,
        GoNoGo.Frozen readiness,
        List<GoNoGoSeat> seats,
        List<SeatVote> votes,
        List<Condition> conditions,
        @Nullable GoNoGoOutcome outcome,
        @Nullable String reason,
        @Nullable Instant decidedAt,
        GoNoGo.@Nullable Frozen minutes) {

    record Condition(
            String number,
            String seat,
            String demanded,
            @Nullable String owner,
            @Nullable String ownerGroup,
            Instant dueAt,
            GoCondition.State state,
            @Nullable String metBy,
            @Nullable Instant endedAt,
            @Nullable String note) {

        static Condition of(GoCondition condition) {
            return new Condition(
                    condition.number(),
                    condition.seat(),
                    condition.demand().demanded(),
                    condition.demand().owner(),
                    condition.demand().ownerGroup(),
                    condition.demand().dueAt(),
                    condition.state(),
                    condition.endedBy(),
                    condition.endedAt(),
                    condition.note());
        }
    }

    static GoNoGoRepresentation of(GoNoGo decision) {
        return new GoNoGoRepresentation(
                decision.round(),
                decision.openedAt(),
                decision.closesAt(),
                decision.readiness(),
                decision.seats(),
                decision.votes(),
                decision.conditions().stream().map(Condition::of).toList(),
                decision.outcome(),
                decision.reason(),
                decision.decidedAt(),
                decision.minutes());
    }
}
