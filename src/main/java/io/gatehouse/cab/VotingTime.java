package io.gatehouse.cab;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Until when a board votes on a change: until its next meeting is over, if that can still decide about it. */
@Component
class VotingTime {

    private static final Duration SHORTEST = Duration.ofHours(1);

    private final MeetingRows meetings;

    VotingTime(MeetingRows meetings) {
        this.meetings = meetings;
    }

    Instant closesAt(Board board, Instant start, Instant now) {
        return closesAt(Duration.ofHours(board.votingHours()), nextMeeting(board, now), start, now);
    }

    /** Normally it is planned; in the minute after the last has begun it may be known by the schedule only. */
    private Optional<MeetingSpan> nextMeeting(Board board, Instant now) {
        return Optional.ofNullable(board.schedule())
                .flatMap(schedule -> meetings.nextTime(board.key(), now).or(() -> Recurrence.of(schedule)
                        .next(now)
                        .map(start -> new MeetingSpan(start, start.plus(schedule.duration())))));
    }

    /**
     * The end of the next meeting if that begins before the change does, else the time that the board takes between
     * meetings; not longer than until the change is to start, and never less than an hour.
     *
     * @param start when the change is to start
     */
    static Instant closesAt(Duration votingTime, Optional<MeetingSpan> nextMeeting, Instant start, Instant now) {
        Instant latest = nextMeeting
                .filter(meeting -> meeting.startsAt().isBefore(start))
                .map(MeetingSpan::endsAt)
                .orElse(now.plus(votingTime));
        Instant closes = start.isBefore(latest) ? start : latest;
        Instant earliest = now.plus(SHORTEST);
        return closes.isBefore(earliest) ? earliest : closes;
    }
}
