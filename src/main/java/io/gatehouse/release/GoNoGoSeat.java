package io.gatehouse.release;

/**
 * Who has a say in whether a release goes into production.
 *
 * @param seat the role that fills it
 * @param veto whether its no is everybody's
 */
public record GoNoGoSeat(String seat, boolean veto) {}
