package io.gatehouse.rollout;

/** What a tool is asked to do with a step. */
public enum CommandKind {
    RUN,
    UNDO
}
