package io.gatehouse.rollout;

/** A command and the step it is to run or to undo. */
record CommandOfStep(Command command, Step step) {}
