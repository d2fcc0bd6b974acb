package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import java.time.Instant;

/**
 * A piece of what a tool printed.
 *
 * @param id grows with time
 * @param seq of the step
 * @param attempt which attempt to run or undo the step printed it
 */
public record StepLog(long id, int seq, CommandKind kind, int attempt, Instant at, String output) {}
