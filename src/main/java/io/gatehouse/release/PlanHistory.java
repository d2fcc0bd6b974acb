package io.gatehouse.release;

import java.util.List;

/**
 * How the plan of a release came to be what it is.
 *
 * @param postponements each time it was put off, oldest first
 * @param splits each time services were taken out of it or put into it, oldest first
 */
public record PlanHistory(List<Postponement> postponements, List<Split> splits) {}
