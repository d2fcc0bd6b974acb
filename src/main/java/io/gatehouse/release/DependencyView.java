package io.gatehouse.release;

import java.util.List;

/**
 * What a release has to do with others, seen from both sides.
 *
 * @param needs what it needs, also what was taken back, oldest first
 * @param neededBy what releases under way need of it
 * @param forecast when it will be through each of its stages; empty if it is over
 */
public record DependencyView(
        List<ReleaseDependency> needs, List<ReleaseDependency> neededBy, List<StageForecast> forecast) {}
