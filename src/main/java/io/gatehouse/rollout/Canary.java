package io.gatehouse.rollout;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A step that gives the new version more of the traffic, and a verdict on it, until it has all. */
record Canary(NewVersion newVersion, ToolCall traffic, ToolCall verdict, List<Integer> percentages)
        implements Strategy {

    private static final int ALL = 100;

    @Override
    public List<PlannedStep> steps() {
        List<Integer> parts = Stream.concat(
                        Stream.of(0), Stream.concat(percentages.stream().filter(part -> part < ALL), Stream.of(ALL)))
                .toList();
        return Stream.concat(
                        Stream.of(newVersion.step("Deploy the canary", percent(0))),
                        IntStream.range(1, parts.size()).boxed().flatMap(i -> shift(parts.get(i - 1), parts.get(i))))
                .toList();
    }

    private Stream<PlannedStep> shift(int before, int part) {
        return Stream.of(
                traffic.reversible(Stage.SHIFT_TRAFFIC, "Shift to " + part + " %", percent(part), percent(before)),
                verdict.check(
                        part == ALL ? Stage.VERIFY : Stage.SHIFT_TRAFFIC, "Verdict at " + part + " %", percent(part)));
    }

    private static Map<String, String> percent(int part) {
        return Map.of("percent", Integer.toString(part));
    }
}
