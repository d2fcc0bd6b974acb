package io.gatehouse.release.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How something stands.
 *
 * @param status absent if there is nothing to judge
 * @param reasons why, in sentences; at least one
 */
public record Judgement<S extends Enum<S>>(@Nullable S status, List<String> reasons) {}
