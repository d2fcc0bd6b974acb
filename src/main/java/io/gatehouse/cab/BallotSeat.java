package io.gatehouse.cab;

/**
 * A seat that has a vote.
 *
 * @param veto whether a veto from it is the board's
 * @param required whether there is no quorum without it
 */
record BallotSeat(String seat, boolean veto, boolean required) {}
