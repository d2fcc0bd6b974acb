package io.gatehouse.release.train;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which kind a milestone of a schedule file is, by its name without the letter of the series; the guide has the same
 * table. Numbers are milestones only alone: {@code mid-cycle-1} is a meeting.
 */
final class MilestoneRules {

    private record Rule(Pattern name, MilestoneKind kind) {}

    private static final List<Rule> TABLE = List.of(
            rule("[123]", MilestoneKind.MILESTONE),
            rule("(.+-)?(ff|rf|sf|mf|fpfreeze|freeze)", MilestoneKind.FREEZE),
            rule("(.+-)?final-(lib|clientlib)", MilestoneKind.CUT_OFF),
            rule("(.+-)?(rc1|finalrc)", MilestoneKind.CANDIDATE),
            rule("final", MilestoneKind.FINAL));

    private MilestoneRules() {}

    /** {@link MilestoneKind#EVENT} for what the table does not know. */
    static MilestoneKind kindOf(String name) {
        return TABLE.stream()
                .filter(rule -> rule.name().matcher(name).matches())
                .map(Rule::kind)
                .findFirst()
                .orElse(MilestoneKind.EVENT);
    }

    private static Rule rule(String name, MilestoneKind kind) {
        return new Rule(Pattern.compile(name), kind);
    }
}
