package io.gatehouse.rollout;

import java.time.Instant;

/**
 * The wish of a person that a tool stops what it does for a command; there is at most one for each.
 *
 * @param detail what the tool said to it, at most 1000 characters
 * @param fence grows with every lease; only its latest holder may record an answer
 * @param tries how often the tool was told in vain
 */
public record StopOrder(
        long command,
        StopState state,
        String by,
        String because,
        String detail,
        Instant requestedAt,
        long fence,
        int tries) {

    StopOrder leased() {
        return new StopOrder(command, state, by, because, detail, requestedAt, fence + 1, tries);
    }
}
