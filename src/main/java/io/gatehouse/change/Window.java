package io.gatehouse.change;

import java.time.Instant;

/** When a change is planned to be implemented: from the start, which belongs to it, to the end, which does not. */
public record Window(Instant startsAt, Instant endsAt) {

    public boolean contains(Instant moment) {
        return !moment.isBefore(startsAt) && moment.isBefore(endsAt);
    }

    public boolean isOverAt(Instant moment) {
        return !moment.isBefore(endsAt);
    }

    public boolean overlaps(Instant from, Instant to) {
        return startsAt.isBefore(to) && from.isBefore(endsAt);
    }
}
