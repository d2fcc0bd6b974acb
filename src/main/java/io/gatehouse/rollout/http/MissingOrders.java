package io.gatehouse.rollout.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Since when orders have been missing. A tool that goes on with an order when the connection breaks may not show it at
 * one moment and show it at the next; only what has been missing for as long as the tool works on an order will never
 * come. It is remembered on this node alone: another one begins to wait anew.
 */
public final class MissingOrders {

    private static final int REMEMBERED = 1000;

    private final Map<String, Instant> since = new LinkedHashMap<>();
    private final Duration orderMayTake;
    private final Clock clock;

    /** @param orderMayTake how long the tool works on an order at most */
    public MissingOrders(Duration orderMayTake, Clock clock) {
        this.orderMayTake = orderMayTake;
        this.clock = clock;
    }

    /** Notes that an order is missing now, and says whether it has been for long enough. */
    public synchronized boolean isLost(String key) {
        Instant now = clock.instant();
        Instant first = since.computeIfAbsent(key, ignored -> now);
        boolean lost = !now.isBefore(first.plus(orderMayTake));
        // A lost order is sent again, and with that the wait begins anew.
        if (lost) {
            since.remove(key);
        } else if (since.size() > REMEMBERED) {
            since.remove(since.keySet().iterator().next());
        }
        return lost;
    }
}
