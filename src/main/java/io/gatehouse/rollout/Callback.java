package io.gatehouse.rollout;

import java.time.Instant;

/**
 * A delivery from a tool, as received.
 *
 * @param source name of the connector whose secret signed it
 * @param deliveryId chosen by the tool, the same when it delivers again
 * @param note why it is in its state, for people
 * @param tries how often it was tried to apply it
 */
public record Callback(
        long id,
        String source,
        String deliveryId,
        String sha256,
        String body,
        CallbackState state,
        String note,
        int tries,
        Instant receivedAt) {}
