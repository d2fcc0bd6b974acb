package io.gatehouse.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to bring a new version out, as the steps that a plan for it has. */
public sealed interface Strategy permits AllAtOnce, Rolling, BlueGreen, Canary {

    /** The steps in the order in which they are done. */
    List<PlannedStep> steps();

    /** Whether it goes back by what is kept until the soak is over. */
    default boolean needsSoak() {
        return false;
    }

    /**
     * Everywhere at the same time.
     *
     * @param newVersion names {@code {targets}}, with commas between them
     * @param check is made afterwards, if given, and names the same
     */
    static Strategy allAtOnce(NewVersion newVersion, List<String> targets, @Nullable ToolCall check) {
        return new AllAtOnce(newVersion, targets, check);
    }

    /**
     * One batch of targets after the other.
     *
     * @param newVersion names {@code {targets}}, those of the batch, with commas between them
     * @param atOnce how many targets may be out of service at the same time
     * @param check is made after each batch, if given, and names the same
     */
    static Strategy rolling(
            NewVersion newVersion, List<String> targets, MaxUnavailable atOnce, @Nullable ToolCall check) {
        return new Rolling(newVersion, targets, atOnce.of(targets.size()), check);
    }

    /**
     * Beside what is running, which gets no traffic any more once the new version is found to work.
     *
     * @param newVersion names {@code {colour}}, the idle one
     * @param traffic names the colour that gets it
     * @param check is made of the idle colour before and after it gets the traffic
     */
    static Strategy blueGreen(NewVersion newVersion, ToolCall traffic, ToolCall check, String live, String idle) {
        return new BlueGreen(newVersion, traffic, check, live, idle);
    }

    /**
     * For a growing part of the traffic.
     *
     * @param traffic names {@code {percent}}, the part that the new version gets
     * @param verdict is asked for at each part, and names it too
     * @param percentages rising; all of the traffic comes last, whether it is among them or not
     */
    static Strategy canary(NewVersion newVersion, ToolCall traffic, ToolCall verdict, List<Integer> percentages) {
        return new Canary(newVersion, traffic, verdict, percentages);
    }
}
