package io.gatehouse.cab;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A meeting of a board.
 *
 * @param zone of its board, by whose clocks it meets
 * @param announcedAt when its agenda was sent, or would have been
 * @param remarks what the chair wants to have in the minutes
 * @param minutes the JSON document, once it is closed
 * @param minutesSha256 the digest of its bytes in UTF-8
 * @param agenda in the order in which it is gone through
 */
public record Meeting(
        String number,
        String board,
        ZoneId zone,
        Instant startsAt,
        Instant endsAt,
        State state,
        @Nullable Instant announcedAt,
        @Nullable String openedBy,
        @Nullable Instant openedAt,
        @Nullable String closedBy,
        @Nullable Instant closedAt,
        @Nullable String remarks,
        @Nullable String canceledBy,
        @Nullable String canceledBecause,
        @Nullable String minutes,
        @Nullable String minutesSha256,
        long version,
        List<AgendaItem> agenda,
        List<Attendee> attendance) {

    public Meeting {
        agenda = agenda.stream().sorted(AgendaItem.order(zone)).toList();
        attendance = attendance.stream()
                .sorted(Comparator.comparing(Attendee::person))
                .toList();
    }

    /** How far it is. */
    public enum State {
        PLANNED,
        /** The chair has opened it; the agenda is no longer built from the filter. */
        OPEN,
        CLOSED,
        CANCELED
    }

    /** What the meeting goes through, without what was taken off. */
    public List<AgendaItem> items() {
        return agenda.stream()
                .filter(item -> item.state() != AgendaItem.State.REMOVED)
                .toList();
    }

    void requireState(State... expected) {
        if (Arrays.stream(expected).noneMatch(one -> one == state)) {
            throw ProblemException.conflict(
                    "meeting-state",
                    "Not possible in this state",
                    number + " is " + state + ", so that is not possible.");
        }
    }

    AgendaItem listed(String change) {
        return agenda.stream()
                .filter(item -> item.change().equals(change) && item.isListed())
                .findFirst()
                .orElseThrow(() -> ProblemException.conflict(
                        "not-on-the-agenda",
                        "Not on the agenda",
                        change + " is not on the agenda of " + number + ", or is dealt with."));
    }

    /** The digest of its rows, by which they are compared with the trail. */
    String fingerprint() {
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                MeetingNumber.idOf(number),
                board,
                startsAt,
                endsAt,
                state,
                announcedAt,
                openedBy,
                openedAt,
                closedBy,
                closedAt,
                remarks,
                canceledBy,
                canceledBecause,
                minutes,
                minutesSha256,
                version,
                agenda.size()));
        agenda.stream().sorted(Comparator.comparing(AgendaItem::change)).forEach(item -> values.addAll(item.row()));
        values.add(attendance.size());
        attendance.forEach(one -> values.addAll(Arrays.asList(one.person(), one.seat(), one.notedBy(), one.notedAt())));
        return Fingerprint.of(values.toArray());
    }
}
