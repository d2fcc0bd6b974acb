package io.gatehouse.cab.process;

import io.gatehouse.cab.AgendaItem;
import io.gatehouse.cab.Board;
import io.gatehouse.cab.Boards;
import io.gatehouse.cab.Meeting;
import io.gatehouse.cab.MeetingTime;
import io.gatehouse.cab.Meetings;
import io.gatehouse.change.ChangeList;
import io.gatehouse.change.ChangeSummary;
import io.gatehouse.engine.FormText;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What both forms of the chair show. */
@Component
class MeetingPicture {

    private final Meetings meetings;
    private final Boards boards;
    private final ChangeList changes;

    MeetingPicture(Meetings meetings, Boards boards, ChangeList changes) {
        this.meetings = meetings;
        this.boards = boards;
        this.changes = changes;
    }

    Map<String, Object> of(String number) {
        Meeting meeting = meetings.find(number);
        Board board = boards.get(meeting.board());
        Map<String, Object> fields = new TreeMap<>();
        fields.put("number", number);
        fields.put("board", FormText.literal(board.name()));
        fields.put("startsAt", MeetingTime.of(meeting.startsAt(), board.zone()));
        fields.put("agenda", agenda(meeting));
        fields.put(
                "present",
                meeting.attendance().isEmpty()
                        ? "nobody yet"
                        : meeting.attendance().stream()
                                .map(one -> FormText.literal(one.person() + " (" + one.seat() + ")"))
                                .collect(Collectors.joining(", ")));
        return fields;
    }

    private String agenda(Meeting meeting) {
        Map<String, ChangeSummary> known = new HashMap<>();
        changes.named(meeting.items().stream().map(AgendaItem::change).toList())
                .forEach(change -> known.put(change.number(), change));
        String lines = meeting.items().stream()
                .map(item -> "- " + FormText.literal(line(item, known.get(item.change()))))
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "- nothing" : lines;
    }

    private static String line(AgendaItem item, @Nullable ChangeSummary change) {
        return item.change()
                + (change == null ? "" : ": " + change.title())
                + (item.risk() == null ? "" : ", risk " + item.risk())
                + ", " + item.minutes() + " min, " + item.state();
    }
}
