package io.gatehouse.crash;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Says everything about a history that must never be, by the rules C1 to C10. */
public final class Checker {

    private Checker() {}

    public static List<Breach> breaches(History history) {
        Stream<Function<History, Stream<Breach>>> rules = Stream.of(
                CallRules::breaches,
                RollbackRules::breaches,
                ApprovalRule::breaches,
                RecordRules::breaches,
                Checker::nextSteps);
        return rules.flatMap(rule -> rule.apply(history)).toList();
    }

    private static Stream<Breach> nextSteps(History history) {
        return history.standing().stream()
                .filter(standing -> standing.waitsFor().isEmpty())
                .map(lost ->
                        new Breach("C9", lost.object() + " is " + lost.state() + " and nothing will take it further."));
    }
}
