package io.gatehouse.rollout.connector;

/** What a tool is asked to do with a step. */
public enum CommandKind {
    RUN,
    UNDO
}
