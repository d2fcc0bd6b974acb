package io.gatehouse.cab;

import io.gatehouse.cab.Meeting.State;
import io.gatehouse.mail.Outbox;
import io.gatehouse.mail.OutboxMail;
import io.gatehouse.mail.Recipient;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has the people of a board mailed what they should know. */
@Service
@Transactional
public class MeetingMails {

    private final Meetings meetings;
    private final MeetingRows rows;
    private final Boards boards;
    private final Outbox outbox;

    MeetingMails(Meetings meetings, MeetingRows rows, Boards boards, Outbox outbox) {
        this.meetings = meetings;
        this.rows = rows;
        this.boards = boards;
        this.outbox = outbox;
    }

    /** Whether there is a mail server; without one nothing is written down to be mailed. */
    public boolean isConfigured() {
        return outbox.isConfigured();
    }

    /** Sends the agenda, once. */
    public void announce(String number) {
        Meeting meeting = meetings.lock(number);
        if (meeting.state() == State.PLANNED && meeting.announcedAt() == null) {
            rows.announced(meeting, meetings.now());
            mail(meeting, MeetingMail.AGENDA, "cab.AgendaAnnounced");
        }
    }

    /** Sends the minutes. */
    public void mailMinutes(String number) {
        mail(meetings.lock(number), MeetingMail.MINUTES, "cab.MinutesMailed");
    }

    private void mail(Meeting meeting, MeetingMail kind, String action) {
        boolean mailed = outbox.add(
                kind.kind(),
                MeetingNumber.idOf(meeting.number()),
                boards.get(meeting.board()).people().stream()
                        .map(Recipient::person)
                        .toList());
        meetings.record(action, meeting.number(), Map.of("mailed", mailed));
    }

    /** What was or is to be mailed about a meeting. */
    @Transactional(readOnly = true)
    public List<SentMail> about(Meeting meeting) {
        long id = MeetingNumber.idOf(meeting.number());
        return Stream.of(MeetingMail.values())
                .flatMap(kind -> outbox.about(kind.kind(), List.of(id)).stream().map(mail -> sent(kind, mail)))
                .toList();
    }

    private static SentMail sent(MeetingMail kind, OutboxMail mail) {
        return new SentMail(
                kind.name(), mail.recipient().name(), mail.state().name(), mail.tries(), mail.sentAt(), mail.trouble());
    }
}
