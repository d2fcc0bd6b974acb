package io.gatehouse.cab;

import io.gatehouse.cab.MailRows.Kind;
import io.gatehouse.cab.Meeting.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has the people of a board mailed what they should know; {@link MailRound} sends it. */
@Service
@Transactional
public class MeetingMails {

    static final Duration PATIENCE = Duration.ofDays(3);

    private final Meetings meetings;
    private final MeetingRows rows;
    private final MailRows mails;
    private final Boards boards;
    private final ObjectProvider<JavaMailSender> sender;

    MeetingMails(
            Meetings meetings, MeetingRows rows, MailRows mails, Boards boards, ObjectProvider<JavaMailSender> sender) {
        this.meetings = meetings;
        this.rows = rows;
        this.mails = mails;
        this.boards = boards;
        this.sender = sender;
    }

    /** Whether there is a mail server; without one nothing is written down to be mailed. */
    public boolean isConfigured() {
        return sender.getIfAvailable() != null;
    }

    /** Sends the agenda, once. */
    public void announce(String number) {
        Meeting meeting = meetings.lock(number);
        if (meeting.state() == State.PLANNED && meeting.announcedAt() == null) {
            rows.announced(meeting, meetings.now());
            mail(meeting, Kind.AGENDA, "cab.AgendaAnnounced");
        }
    }

    /** Sends the minutes. */
    public void mailMinutes(String number) {
        mail(meetings.lock(number), Kind.MINUTES, "cab.MinutesMailed");
    }

    private void mail(Meeting meeting, Kind kind, String action) {
        boolean configured = isConfigured();
        if (configured) {
            mails.add(meeting, kind, boards.get(meeting.board()).people(), meetings.now(), PATIENCE);
        }
        meetings.record(action, meeting.number(), Map.of("mailed", configured));
    }

    /** What was or is to be mailed about a meeting. */
    @Transactional(readOnly = true)
    public List<SentMail> about(Meeting meeting) {
        return mails.of(meeting);
    }
}
