package io.gatehouse.release;

import java.util.List;
import java.util.stream.Stream;

/**
 * How many times as long as planned stages took, in this release and in those before.
 *
 * @param done stages that are done
 * @param releases how many releases they are of
 */
public record PastPaces(List<StageTimes> done, int releases) {

    /** Fewer say nothing about how much paces differ. */
    public static final int ENOUGH = 5;

    static PastPaces of(List<StageTimes> stages, List<List<StageTimes>> closed) {
        List<StageTimes> done = Stream.concat(Stream.of(stages), closed.stream())
                .flatMap(List::stream)
                .filter(stage -> stage.pace().isPresent())
                .toList();
        return new PastPaces(done, closed.size());
    }

    /** The name of the stages that this one is like: its own if there are enough of that, else any. */
    String kindOf(StageTimes stage) {
        return logarithms(stage.name()).length >= ENOUGH ? stage.name() : "";
    }

    boolean suffice() {
        return done.size() >= ENOUGH;
    }

    /** The logarithms of the paces of a kind: twice as long is as far from the plan as half as long. */
    double[] logarithms(String kind) {
        return done.stream()
                .filter(stage -> kind.isEmpty() || stage.name().equals(kind))
                .mapToDouble(stage -> Math.log(stage.pace().orElseThrow()))
                .toArray();
    }
}
