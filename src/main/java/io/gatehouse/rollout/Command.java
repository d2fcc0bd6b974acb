package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make a tool run or undo a step.
 *
 * @param key never changes and is never used for anything else, so a tool can recognise a repetition
 * @param fence grows with every lease; only its latest holder may record an answer
 * @param tries how often a node has taken it
 * @param maybeSent whether an earlier try may have reached the tool
 * @param reference what the tool calls it, once accepted
 * @param link where people see it in the tool, if it told
 * @param giveUpAt when waiting for an accepted command's result ends
 * @param waiting what it waits for, since its tool was last reached
 */
record Command(
        long id,
        long rollout,
        int seq,
        CommandKind kind,
        int attempt,
        String key,
        String connector,
        CommandState state,
        long fence,
        int tries,
        boolean maybeSent,
        @Nullable String reference,
        @Nullable String link,
        @Nullable Instant giveUpAt,
        @Nullable Waiting waiting) {

    /** Whether a person does it instead of a tool. */
    boolean isByHand() {
        return connector.equals(ManualWork.CONNECTOR);
    }
}
