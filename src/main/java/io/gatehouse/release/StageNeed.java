package io.gatehouse.release;

/** That a stage is not entered before another release is through one of its stages. */
record StageNeed(StagePoint waiting, StagePoint needed) {}
