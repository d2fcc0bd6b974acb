package io.gatehouse.cab;

import io.gatehouse.change.ChangeList;
import io.gatehouse.change.ChangeSummary;
import io.gatehouse.mail.Letter;
import io.gatehouse.mail.LetterWriter;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What mails about meetings say, written when they are sent. */
@Component
class MailText implements LetterWriter {

    private final Meetings meetings;
    private final Boards boards;
    private final Minutes minutes;
    private final ChangeList changes;

    MailText(Meetings meetings, Boards boards, Minutes minutes, ChangeList changes) {
        this.meetings = meetings;
        this.boards = boards;
        this.minutes = minutes;
        this.changes = changes;
    }

    @Override
    public boolean writes(String kind) {
        return MeetingMail.find(kind).isPresent();
    }

    @Override
    public Letter write(String kind, long about) {
        Meeting meeting = meetings.find(MeetingNumber.of(about));
        return MeetingMail.find(kind).orElseThrow() == MeetingMail.MINUTES
                ? new Letter(subject("Minutes of ", meeting), minutes.textOf(meeting.number()))
                : new Letter(subject("Agenda of ", meeting), agenda(meeting));
    }

    /** In one line, whatever somebody called the board. */
    private String subject(String what, Meeting meeting) {
        Board board = boards.get(meeting.board());
        return what + meeting.number() + ", " + board.name().replaceAll("\\p{C}", " ");
    }

    private String agenda(Meeting meeting) {
        Board board = boards.get(meeting.board());
        Map<String, ChangeSummary> known = new HashMap<>();
        changes.named(meeting.items().stream().map(AgendaItem::change).toList())
                .forEach(change -> known.put(change.number(), change));
        StringBuilder text =
                new StringBuilder(board.name()).append("\n").append(MeetingTime.of(meeting.startsAt(), board.zone()));
        text.append("\n\n");
        for (AgendaItem item : meeting.items()) {
            ChangeSummary change = known.get(item.change());
            text.append("- ").append(item.change());
            if (change != null) {
                text.append(": ").append(change.title().replaceAll("\\p{C}", " "));
            }
            text.append(item.risk() == null ? "" : ", risk " + item.risk());
            text.append(
                    item.changeStartsAt() == null
                            ? ""
                            : ", to start " + MeetingTime.of(item.changeStartsAt(), board.zone()));
            text.append(", ").append(item.minutes()).append(" min");
            text.append(item.kind() == AgendaItem.Kind.REPORT ? ", emergency change, to be told of\n" : "\n");
        }
        if (meeting.items().isEmpty()) {
            text.append("Nothing is on the agenda so far.\n");
        }
        return text.append("\nThe agenda is refreshed until the meeting is opened: GET /api/v1/meetings/")
                .append(meeting.number())
                .append('\n')
                .toString();
    }
}
