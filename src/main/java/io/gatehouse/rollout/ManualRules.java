package io.gatehouse.rollout;

import io.gatehouse.api.InvalidField;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a plan may ask of people. The texts may name what the change brings, as those for tools may. */
final class ManualRules {

    private ManualRules() {}

    /** @param path of the step or its undo in the plan, with a dot at its end */
    static void check(
            String path, String connector, @Nullable ManualWork work, PlanNames names, List<InvalidField> wrong) {
        boolean byHand = connector.equals(ManualWork.CONNECTOR);
        if (work == null && byHand) {
            wrong.add(new InvalidField(path + "manual", "must say what is to be done by hand"));
        }
        if (work != null && !byHand) {
            wrong.add(new InvalidField(path + "manual", "must be left out if a connector does it"));
        }
        if (work != null) {
            check(path + "manual.", work, names, wrong);
        }
    }

    private static void check(String path, ManualWork work, PlanNames names, List<InvalidField> wrong) {
        text(path + "instructions", work.instructions(), ManualWork.LONGEST_INSTRUCTIONS, names, wrong);
        List<String> items = work.checklist();
        if (items.size() > ManualWork.MOST_ITEMS) {
            wrong.add(new InvalidField(path + "checklist", "must be at most " + ManualWork.MOST_ITEMS + " items"));
        }
        Set<String> seen = new HashSet<>();
        IntStream.range(0, items.size()).forEach(i -> {
            String field = path + "checklist[" + i + "]";
            String item = items.get(i);
            text(field, item, ManualWork.LONGEST_ITEM, names, wrong);
            if (item.chars().anyMatch(Character::isISOControl)) {
                wrong.add(new InvalidField(field, "must be one line"));
            }
            if (!seen.add(item.strip())) {
                wrong.add(new InvalidField(field, "is there twice"));
            }
        });
    }

    private static void text(String field, String text, int longest, PlanNames names, List<InvalidField> wrong) {
        if (text.isBlank()) {
            wrong.add(new InvalidField(field, "must not be blank"));
        } else if (names.isWrong(text)) {
            wrong.add(new InvalidField(field, PlanNames.MESSAGE));
        } else if (names.fill(text).orElse("").length() > longest) {
            wrong.add(
                    new InvalidField(field, "must be at most " + longest + " characters once its names are filled in"));
        }
    }
}
