package io.gatehouse.release;

/**
 * A test that a stage asks for.
 *
 * @param name unique in its stage: {@code integration}
 * @param askedGroup the role or team that records its result
 * @param requiredPercent how many of a hundred cases that ran must have passed, from 1 to 100
 */
public record StageTest(String name, String askedGroup, int requiredPercent) {}
