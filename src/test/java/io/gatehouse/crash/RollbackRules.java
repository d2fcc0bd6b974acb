package io.gatehouse.crash;

import io.gatehouse.crash.History.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** C5 and C6: a rollout goes forward, then backward, each step after the one before it. */
final class RollbackRules {

    private final String rollout;
    private final List<Request> runs;
    private final List<Request> undos;

    private RollbackRules(String rollout, List<Request> executed) {
        this.rollout = rollout;
        this.runs = ofKind(executed, "RUN");
        this.undos = ofKind(executed, "UNDO");
    }

    private static List<Request> ofKind(List<Request> executed, String kind) {
        return executed.stream()
                .filter(request -> request.move().kind().equals(kind))
                .sorted(Comparator.comparingLong(Request::began))
                .toList();
    }

    static Stream<Breach> breaches(History history) {
        Map<String, List<Request>> byRollout = history.requests().stream()
                .filter(Request::executed)
                .collect(Collectors.groupingBy(request -> request.move().rollout(), TreeMap::new, Collectors.toList()));
        return byRollout.entrySet().stream()
                .map(rollout -> new RollbackRules(rollout.getKey(), rollout.getValue()))
                .flatMap(rules -> Stream.concat(rules.breaches(), rules.leftBehind(history)));
    }

    private Stream<Breach> breaches() {
        List<Breach> found = new ArrayList<>();
        if (!runs.isEmpty()
                && !undos.isEmpty()
                && last(runs).began() > undos.get(0).began()) {
            found.add(new Breach(
                    "C5", "Step " + last(runs).move().seq() + " of " + rollout + " ran after its rollback had begun."));
        }
        for (int i = 1; i < undos.size(); i++) {
            follow(undos.get(i - 1), undos.get(i), found);
        }
        undos.stream()
                .filter(undo -> ranAt(undo) == 0)
                .forEach(undo ->
                        found.add(new Breach("C6", "There is " + undo.move() + ", which the tool has never run.")));
        return found.stream();
    }

    /** Whoever says that everything is undone has undone what ran, or somebody else has by hand. */
    private Stream<Breach> leftBehind(History history) {
        if (history.trail().stream()
                .noneMatch(entry -> entry.is("rollout.Moved", rollout)
                        && entry.fact("state").equals("ROLLED_BACK"))) {
            return Stream.empty();
        }
        return runs.stream()
                .map(run -> run.move().seq())
                .distinct()
                .filter(seq -> history.steps().stream()
                        .noneMatch(step -> step.rollout().equals(rollout) && step.seq() == seq && step.onlyLooks()))
                .filter(seq -> undos.stream().noneMatch(undo -> undo.move().seq() == seq))
                .filter(seq -> history.commands().stream()
                        .noneMatch(command -> command.move().equals(new History.Move(rollout, seq, "UNDO"))
                                && command.state().equals("DONE"))) // for which C2 asks
                .filter(seq -> history.trail().stream()
                        .noneMatch(entry -> entry.is("rollout.StepResolved", rollout)
                                && entry.fact("seq").equals(Integer.toString(seq))
                                && entry.fact("action").equals("DONE_BY_HAND")))
                .map(seq -> new Breach(
                        "C6", rollout + " is said to be rolled back, but step " + seq + " ran and was never undone."));
    }

    private void follow(Request before, Request undo, List<Breach> found) {
        boolean again = before.move().equals(undo.move());
        if (!again && ranAt(before) < ranAt(undo)) {
            found.add(new Breach(
                    "C6",
                    undo.move() + " came after that of the earlier step "
                            + before.move().seq() + "."));
        }
        if (undo.began() < before.ended()) {
            found.add(new Breach(
                    "C6",
                    undo.move() + " began before that of step " + before.move().seq() + " had ended."));
        }
    }

    private long ranAt(Request undo) {
        return runs.stream()
                .filter(run -> run.move().seq() == undo.move().seq())
                .mapToLong(Request::began)
                .max()
                .orElse(0);
    }

    private static Request last(List<Request> requests) {
        return requests.get(requests.size() - 1);
    }
}
