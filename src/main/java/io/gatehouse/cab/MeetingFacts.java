package io.gatehouse.cab;

import io.gatehouse.engine.CallableFromModels;
import java.time.Duration;
import java.util.Date;

/** What the diagram asks about a meeting; every answer is read from our tables, none from a process variable. */
@CallableFromModels
class MeetingFacts {

    /** So long before its start the chair can open it. */
    private static final Duration EARLY = Duration.ofMinutes(15);

    private final Meetings meetings;
    private final Boards boards;

    MeetingFacts(Meetings meetings, Boards boards) {
        this.meetings = meetings;
        this.boards = boards;
    }

    /** When the agenda is sent. */
    public Date agendaDue(String number) {
        Meeting meeting = meetings.find(number);
        BoardSchedule schedule = boards.get(meeting.board()).schedule();
        return Date.from(meeting.startsAt().minus(schedule == null ? Duration.ZERO : schedule.lead()));
    }

    /** From when on it can be opened. */
    public Date doorsOpen(String number) {
        return Date.from(meetings.find(number).startsAt().minus(EARLY));
    }
}
