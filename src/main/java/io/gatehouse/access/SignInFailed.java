package io.gatehouse.access;

import java.time.Instant;

/**
 * Somebody gave a wrong password for a person who exists. Attempts during a pause are not looked at and not told.
 *
 * @param person whose password it should have been
 * @param inARow wrong passwords since the last right one, this one included
 * @param pausedUntil until when the next one is refused, right or wrong
 * @param locked whether with this one the pauses have become as long as they get
 */
public record SignInFailed(String person, int inARow, Instant pausedUntil, boolean locked) {}
