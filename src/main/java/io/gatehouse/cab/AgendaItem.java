package io.gatehouse.cab;

import io.gatehouse.change.ChangeSummary;
import io.gatehouse.change.Risk;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.chrono.ChronoLocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change on the agenda of a meeting.
 *
 * @param place where people put it, from 1; absent if nobody did
 * @param minutes how long the meeting is meant to look at it
 * @param addedBy who put it there by hand
 * @param because why it was deferred
 * @param changeStartsAt when the change is to start, by which it is ordered
 * @param outcome what the board decided
 */
public record AgendaItem(
        String change,
        Kind kind,
        Origin origin,
        @Nullable Integer place,
        int minutes,
        State state,
        @Nullable String addedBy,
        @Nullable String because,
        @Nullable Instant changeStartsAt,
        @Nullable Risk risk,
        @Nullable String outcome) {

    /**
     * As people put them; then what was deferred; then by date and, on one date, the riskiest first; then the reports.
     *
     * @param zone by whose clocks it is one date
     */
    static Comparator<AgendaItem> order(ZoneId zone) {
        return Comparator.comparing(AgendaItem::isUnplaced)
                .thenComparing(item -> item.place() == null ? 0 : item.place())
                .thenComparing(AgendaItem::kind)
                .thenComparing(item -> item.origin() != Origin.DEFERRED)
                .thenComparing(
                        item -> item.startsOn(zone), Comparator.nullsLast(Comparator.<ChronoLocalDate>naturalOrder()))
                .thenComparing(AgendaItem::risk, Comparator.nullsLast(Comparator.reverseOrder()))
                .thenComparing(AgendaItem::changeStartsAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(AgendaItem::change);
    }

    /** What the board does with it. */
    public enum Kind {
        DECISION,
        /** An emergency change, of which it is told. */
        REPORT
    }

    /** How it came there. */
    public enum Origin {
        FILTER,
        PERSON,
        /** Put off by an earlier meeting. */
        DEFERRED
    }

    /** What became of it. */
    public enum State {
        LISTED,
        /** Somebody took it off; the filter does not bring it back. */
        REMOVED,
        DECIDED,
        /** Put off to a later meeting. */
        DEFERRED,
        /** An emergency change that the board was told of. */
        REPORTED,
        /** There was nothing to decide any more. */
        SETTLED
    }

    static AgendaItem of(String change, Kind kind, Origin origin, int minutes, @Nullable String addedBy) {
        return new AgendaItem(change, kind, origin, null, minutes, State.LISTED, addedBy, null, null, null, null);
    }

    private @Nullable LocalDate startsOn(ZoneId zone) {
        return changeStartsAt == null ? null : LocalDate.ofInstant(changeStartsAt, zone);
    }

    private boolean isUnplaced() {
        return place == null;
    }

    /** Whether the meeting still has to look at it. */
    public boolean isListed() {
        return state == State.LISTED;
    }

    AgendaItem about(@Nullable ChangeSummary summary) {
        return summary == null
                ? this
                : new AgendaItem(
                        change,
                        kind,
                        origin,
                        place,
                        minutes,
                        state,
                        addedBy,
                        because,
                        summary.window().startsAt(),
                        summary.risk(),
                        outcome);
    }

    AgendaItem at(@Nullable Integer newPlace, int newMinutes) {
        return new AgendaItem(
                change,
                kind,
                origin,
                newPlace,
                newMinutes,
                State.LISTED,
                addedBy,
                because,
                changeStartsAt,
                risk,
                outcome);
    }

    AgendaItem now(State newState, @Nullable String reason, @Nullable String decided) {
        return new AgendaItem(
                change, kind, origin, place, minutes, newState, addedBy, reason, changeStartsAt, risk, decided);
    }

    /** As its row, for the digest of it. */
    List<@Nullable Object> row() {
        return Arrays.asList(
                change, kind, origin, place, minutes, state, addedBy, because, changeStartsAt, risk, outcome);
    }
}
