package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import java.time.Instant;
import java.util.SortedSet;

/**
 * What somebody said about the work that they did by hand.
 *
 * @param kind whether they did the step or undid it
 * @param attempt which attempt that was, from 1
 * @param ticked the items of the checklist that are done, by their place in it from 1
 * @param by who did it
 */
public record WorkReport(
        CommandKind kind,
        int attempt,
        WorkResult result,
        SortedSet<Integer> ticked,
        String note,
        String by,
        Instant at) {}
