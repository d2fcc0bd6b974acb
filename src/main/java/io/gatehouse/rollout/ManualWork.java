package io.gatehouse.rollout;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a person is to do instead of a tool.
 *
 * @param checklist what is to be found done at the end, each in one line; whoever does it ticks them off
 */
public record ManualWork(String instructions, List<String> checklist) {

    /** What stands where the name of a tool's connector would. */
    public static final String CONNECTOR = "manual";

    /** As many as the task's form has boxes for. */
    public static final int MOST_ITEMS = 20;

    public static final int LONGEST_ITEM = 200;
    public static final int LONGEST_INSTRUCTIONS = 4000;

    public ManualWork {
        checklist = List.copyOf(checklist);
    }

    /** The same with every text altered in the same way. */
    ManualWork map(UnaryOperator<String> alter) {
        return new ManualWork(
                alter.apply(instructions), checklist.stream().map(alter).toList());
    }

    static @Nullable ManualWork map(@Nullable ManualWork work, UnaryOperator<String> alter) {
        return work == null ? null : work.map(alter);
    }
}
