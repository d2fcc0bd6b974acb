package io.gatehouse.breakglass;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.engine.Repair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One override: somebody asks to do what nobody may, another person grants it, it is used until it is spent or over, and
 * a third person reviews it.
 *
 * @param target the number of the one process it is about, as {@code CHG-000123}
 * @param actions what exactly may be done; each kind once
 * @param incident what it is needed for, by its reference elsewhere
 * @param expiresAt from this moment on nothing may be done any more
 * @param endedBecause why it was over; absent while it is not, and if it was never granted
 * @param toMend what is to be mended so that nobody needs it again
 * @param version counts every change
 */
public record BreakGlass(
        String number,
        State state,
        String target,
        List<NamedAction> actions,
        String reason,
        String incident,
        Instant expiresAt,
        String askedBy,
        Instant askedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        @Nullable EndReason endedBecause,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome,
        @Nullable String toMend,
        @Nullable String reviewedBy,
        @Nullable Instant reviewedAt,
        long version) {

    /** The states in which somebody still has to do something. */
    static final Set<State> UNDER_WAY = EnumSet.of(State.ASKED, State.GRANTED, State.ENDED);

    public BreakGlass {
        actions = List.copyOf(actions);
    }

    /** How far it is. Only GRANTED lets anything be done. */
    public enum State {
        ASKED,
        GRANTED,
        /** The second person said no. */
        REFUSED,
        /** Taken back before anybody decided. */
        WITHDRAWN,
        /** Nobody decided in time, or nobody could any more. */
        LAPSED,
        /** It was granted and is over; its review is due. */
        ENDED,
        REVIEWED
    }

    /** Why a granted one is over. */
    public enum EndReason {
        SPENT,
        EXPIRED,
        ENDED_EARLY,
        /** Somebody deleted its process past the product. */
        PROCESS_LOST
    }

    /** What the review found. */
    public enum Outcome {
        JUSTIFIED,
        NOT_JUSTIFIED
    }

    BreakGlass with(List<NamedAction> named) {
        return new BreakGlass(
                number,
                state,
                target,
                named,
                reason,
                incident,
                expiresAt,
                askedBy,
                askedAt,
                decidedBy,
                decidedAt,
                decisionReason,
                endedBecause,
                endedAt,
                outcome,
                toMend,
                reviewedBy,
                reviewedAt,
                version);
    }

    /** Whether anybody ever let it happen; then it is reviewed, used or not. */
    public boolean wasGranted() {
        return state == State.GRANTED || state == State.ENDED || state == State.REVIEWED;
    }

    /** Whether it has a process, unless somebody has deleted it. */
    boolean isUnderWay() {
        return UNDER_WAY.contains(state);
    }

    boolean isOverAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    boolean isSpent() {
        return actions.stream().allMatch(NamedAction::isUsed);
    }

    /** The action of this kind, if it is named. */
    @Nullable
    NamedAction action(Repair.Kind kind) {
        return actions.stream()
                .filter(action -> action.repair().kind() == kind)
                .findFirst()
                .orElse(null);
    }

    void requireState(State expected) {
        if (state != expected) {
            throw ProblemException.conflict(
                    "break-glass-state",
                    "Not possible in this state",
                    number + " is " + state + ", not " + expected + ".");
        }
    }

    /** The digest of its rows, by which they are compared with the trail. */
    String fingerprint() {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                BreakGlassRows.idOf(this),
                state,
                target,
                reason,
                incident,
                expiresAt,
                askedBy,
                askedAt,
                decidedBy,
                decidedAt,
                decisionReason,
                endedBecause,
                endedAt,
                outcome,
                toMend,
                reviewedBy,
                reviewedAt,
                version,
                actions.size()));
        actions.stream()
                .sorted(Comparator.comparing(action -> action.repair().kind().name()))
                .forEach(action -> row.addAll(action.row()));
        return Fingerprint.of(row);
    }

    /** The digest of who asked for what: the trail keeps it with each of the four entries. */
    String scopeFingerprint() {
        List<Object> scope = new ArrayList<>(List.of(askedBy, target, reason, incident, expiresAt));
        actions.forEach(action -> {
            scope.add(action.repair().kind());
            scope.add(action.repair().details().toString());
        });
        return Fingerprint.of(scope);
    }
}
