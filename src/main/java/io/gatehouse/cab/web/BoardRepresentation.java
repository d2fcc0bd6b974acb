package io.gatehouse.cab.web;

import io.gatehouse.cab.Board;
import io.gatehouse.cab.BoardAbsence;
import io.gatehouse.cab.BoardFilter;
import io.gatehouse.cab.BoardMember;
import io.gatehouse.cab.BoardSchedule;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A board as the API shows it. */
record BoardRepresentation(
        String key,
        String name,
        boolean active,
        List<BoardMember> members,
        List<Delegate> delegates,
        List<BoardAbsence> absences,
        int minimumVotes,
        int votingHours,
        @Nullable Meetings meetings,
        Agenda agenda) {

    record Delegate(String seat, String person, @Nullable Instant from, @Nullable Instant until) {}

    record Meetings(String recurrence, String first, String timeZone, int durationMinutes, int leadHours) {

        static @Nullable Meetings of(@Nullable BoardSchedule schedule) {
            return schedule == null
                    ? null
                    : new Meetings(
                            schedule.recurrence(),
                            schedule.firstMeeting(),
                            schedule.timeZone(),
                            schedule.durationMinutes(),
                            schedule.leadHours());
        }
    }

    /** Kinds that are not looked at are absent. */
    record Agenda(
            int minutesPerItem,
            @Nullable List<String> states,
            @Nullable List<String> types,
            @Nullable List<String> risks,
            @Nullable List<String> environments,
            @Nullable Boolean production,
            @Nullable List<Integer> tiers) {

        static Agenda of(Board board) {
            List<String> production = wanted(board, BoardFilter.Kind.PRODUCTION);
            List<String> tiers = wanted(board, BoardFilter.Kind.TIER);
            return new Agenda(
                    board.minutesPerItem(),
                    wanted(board, BoardFilter.Kind.STATE),
                    wanted(board, BoardFilter.Kind.TYPE),
                    wanted(board, BoardFilter.Kind.RISK),
                    wanted(board, BoardFilter.Kind.ENVIRONMENT),
                    production == null ? null : Boolean.valueOf(production.get(0)),
                    tiers == null ? null : tiers.stream().map(Integer::valueOf).toList());
        }

        private static @Nullable List<String> wanted(Board board, BoardFilter.Kind kind) {
            List<String> wanted = board.filter().stream()
                    .filter(one -> one.kind() == kind)
                    .map(BoardFilter::wanted)
                    .sorted()
                    .toList();
            return wanted.isEmpty() ? null : wanted;
        }
    }

    static BoardRepresentation of(Board board) {
        return new BoardRepresentation(
                board.key(),
                board.name(),
                board.active(),
                board.seats(),
                board.standIns().stream()
                        .map(one -> new Delegate(one.seat(), one.person(), one.from(), one.until()))
                        .toList(),
                board.absences().stream()
                        .sorted(Comparator.comparing(BoardAbsence::from).thenComparing(BoardAbsence::person))
                        .toList(),
                board.minimumVotes(),
                board.votingHours(),
                Meetings.of(board.schedule()),
                Agenda.of(board));
    }
}
