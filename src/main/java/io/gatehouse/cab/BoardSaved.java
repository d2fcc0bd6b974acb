package io.gatehouse.cab;

/** A board was added or changed, in the running transaction. */
record BoardSaved(String key) {}
