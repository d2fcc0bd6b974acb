package io.gatehouse.change;

import io.gatehouse.audit.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an emergency change is authorised in one round.
 *
 * @param approvalsNeeded how many of the seats must approve
 * @param timeBox how long they have
 * @param moreSeats who is asked as well when that is over; nobody once they are
 * @param approveWithin how long after its start it may still be approved; absent if it must be approved before
 * @param timeBoxEndsAt when the seats' time is over; later by each hold
 * @param stoppedAt since when its time stands still, while it is on hold
 * @param approveBy until when it must be approved, if it was started before it was
 * @param unauthorisedBecause why it was made without ever having been approved, if so
 * @param reportedTo the meeting of a board that was told of it
 */
public record Emergency(
        long id,
        long changeId,
        int round,
        int approvalsNeeded,
        Duration timeBox,
        Set<String> moreSeats,
        @Nullable Duration approveWithin,
        Instant timeBoxEndsAt,
        @Nullable Instant stoppedAt,
        @Nullable Instant approveBy,
        @Nullable Unauthorised unauthorisedBecause,
        @Nullable Instant unauthorisedAt,
        @Nullable String reportedTo,
        @Nullable Instant reportedAt) {

    /** Why an emergency change that was started before it was approved never was. */
    public enum Unauthorised {
        REJECTED,
        NOT_IN_TIME
    }

    public Emergency {
        moreSeats = Set.copyOf(moreSeats);
    }

    Emergency askingMore(Instant until) {
        return with(Set.of(), until, null, approveBy);
    }

    Emergency stopped(Instant now) {
        return with(moreSeats, timeBoxEndsAt, now, approveBy);
    }

    /** Its time goes on, later by as long as it stood still. */
    Emergency goingOn(Instant now) {
        Instant since = stoppedAt == null ? now : stoppedAt;
        return with(moreSeats, timeBoxEndsAt.plus(Duration.between(since, now)), null, approveBy);
    }

    Emergency begunUnapproved(Instant now) {
        return with(moreSeats, timeBoxEndsAt, stoppedAt, now.plus(Objects.requireNonNull(approveWithin)));
    }

    private Emergency with(
            Set<String> more, Instant boxEndsAt, @Nullable Instant stopped, @Nullable Instant newApproveBy) {
        return new Emergency(
                id,
                changeId,
                round,
                approvalsNeeded,
                timeBox,
                more,
                approveWithin,
                boxEndsAt,
                stopped,
                newApproveBy,
                unauthorisedBecause,
                unauthorisedAt,
                reportedTo,
                reportedAt);
    }

    Emergency unauthorised(Unauthorised because, Instant now) {
        return ended(because, now, reportedTo, reportedAt);
    }

    Emergency reported(String board, Instant now) {
        return ended(unauthorisedBecause, unauthorisedAt, board, now);
    }

    private Emergency ended(
            @Nullable Unauthorised because,
            @Nullable Instant becauseAt,
            @Nullable String board,
            @Nullable Instant boardAt) {
        return new Emergency(
                id,
                changeId,
                round,
                approvalsNeeded,
                timeBox,
                moreSeats,
                approveWithin,
                timeBoxEndsAt,
                stoppedAt,
                approveBy,
                because,
                becauseAt,
                board,
                boardAt);
    }

    /**
     * When a task to decide is due: when half of the time for it is over, so that others see it before the whole is.
     */
    public Instant decisionDueAt() {
        Duration time = approveBy == null ? timeBox : Objects.requireNonNull(approveWithin);
        Instant end = approveBy == null ? timeBoxEndsAt : approveBy;
        return end.minus(time.dividedBy(2));
    }

    String fingerprint() {
        return Fingerprint.of(
                id,
                changeId,
                round,
                approvalsNeeded,
                timeBox,
                EmergencyPolicy.join(moreSeats),
                approveWithin,
                timeBoxEndsAt,
                stoppedAt,
                approveBy,
                unauthorisedBecause,
                unauthorisedAt,
                reportedTo,
                reportedAt);
    }
}
