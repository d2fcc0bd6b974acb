package io.gatehouse.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.crash.History.Approval;
import io.gatehouse.crash.History.Command;
import io.gatehouse.crash.History.Entry;
import io.gatehouse.crash.History.Move;
import io.gatehouse.crash.History.Request;
import io.gatehouse.crash.History.Standing;
import io.gatehouse.crash.History.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rollout of two steps that was undone, told wrongly in one way at a time. */
class CheckerTests {

    private static final String ROLLOUT = "ROL-000001";
    private static final String CHANGE = "CHG-000001";
    private static final String APPROVED = CHANGE + " change.Approved";
    private static final Move RUN_1 = new Move(ROLLOUT, 1, "RUN");
    private static final Move RUN_2 = new Move(ROLLOUT, 2, "RUN");
    private static final Move UNDO_2 = new Move(ROLLOUT, 2, "UNDO");
    private static final Move UNDO_1 = new Move(ROLLOUT, 1, "UNDO");

    /** The parts of a history, to be bent. */
    private static final class Told {

        private final List<Request> requests = new ArrayList<>();
        private final List<Command> commands = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<Entry> trail = new ArrayList<>();
        private final List<Approval> approvals = new ArrayList<>();
        private final Map<String, Integer> acknowledged = new HashMap<>();
        private final List<Standing> standing = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();

        static Told rightly() {
            Told told = new Told();
            told.entry("theo", "change.Approved", CHANGE, Map.of());
            told.approvals.add(new Approval(CHANGE, "rita", "theo", 1));
            told.acknowledged.put(APPROVED, 1);
            told.done(RUN_1, "DONE");
            told.done(RUN_2, "DONE");
            told.done(UNDO_2, "UNDONE");
            told.done(UNDO_1, "UNDONE");
            told.steps.add(new Step(ROLLOUT, 1, "UNDONE", false));
            told.steps.add(new Step(ROLLOUT, 2, "UNDONE", false));
            told.entry("system", "rollout.Moved", ROLLOUT, Map.of("state", "ROLLED_BACK"));
            told.standing.add(new Standing(CHANGE, "REVIEW", List.of("its process")));
            return told;
        }

        /** Sent twice, as the tool's answer was lost, and executed once. */
        void done(Move move, String state) {
            String key = move.toString();
            String seq = Integer.toString(move.seq());
            Map<String, String> facts = Map.of("seq", seq, "kind", move.kind(), "attempt", "1", "state", "DONE");
            entry("system", "rollout.Commanded", ROLLOUT, facts);
            commands.add(new Command(key, move, 1, "DEDUPLICATES", "DONE", 4, true));
            int at = 4 * commands.size();
            requests.add(new Request(key, move, 1, true, at, at + 1));
            requests.add(new Request(key, move, 2, false, at + 2, at + 3));
            entry("system", "rollout.CommandEnded", ROLLOUT, facts);
            entry("system", "rollout.StepMoved", ROLLOUT, Map.of("seq", seq, "state", state));
        }

        void leaveStep2() {
            requests.removeIf(request -> request.move().equals(UNDO_2));
            commands.removeIf(command -> command.move().equals(UNDO_2));
            trail.removeIf(
                    entry -> entry.fact("seq").equals("2") && entry.fact("kind").equals("UNDO"));
        }

        void entry(String actor, String action, String object, Map<String, String> facts) {
            trail.add(new Entry(trail.size() + 1, actor, action, object, facts));
        }

        void execute(int which, boolean executed) {
            Request request = requests.get(which);
            requests.set(
                    which,
                    new Request(
                            request.key(),
                            request.move(),
                            request.fence(),
                            executed,
                            request.began(),
                            request.ended()));
        }

        void happen(int which, long began, long ended) {
            Request request = requests.get(which);
            requests.set(
                    which,
                    new Request(request.key(), request.move(), request.fence(), request.executed(), began, ended));
        }

        void lease(int which, long fence) {
            Request request = requests.get(which);
            requests.set(
                    which,
                    new Request(
                            request.key(),
                            request.move(),
                            fence,
                            request.executed(),
                            request.began(),
                            request.ended()));
        }

        void command(int which, String afterCrash, boolean maybeSent) {
            Command command = commands.get(which);
            commands.set(
                    which,
                    new Command(
                            command.key(), command.move(), 1, afterCrash, command.state(), command.fence(), maybeSent));
        }

        History history() {
            return new History(
                    requests,
                    commands,
                    steps,
                    trail,
                    Map.of(ROLLOUT, CHANGE),
                    approvals,
                    Set.of("change.Approved"),
                    acknowledged,
                    standing,
                    faults);
        }
    }

    @Test
    void findsNothingInAGoodHistory() {
        assertThat(Checker.breaches(Told.rightly().history())).isEmpty();
    }

    @Test
    void missesNoUndoOfAStepThatOnlyLooked() {
        Told told = Told.rightly();
        told.leaveStep2();
        told.steps.set(1, new Step(ROLLOUT, 2, "UNDONE", true));

        assertThat(Checker.breaches(told.history())).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void findsWhatBreaksARuleAndOnlyThat(String rule, String sentence, Consumer<Told> bend) {
        Told told = Told.rightly();

        bend.accept(told);

        assertThat(Checker.breaches(told.history())).singleElement().satisfies(breach -> {
            assertThat(breach.rule()).isEqualTo(rule);
            assertThat(breach.sentence()).contains(sentence);
        });
    }

    static Stream<Arguments> findsWhatBreaksARuleAndOnlyThat() {
        return Stream.of(
                bent("C1", "more than once", told -> told.execute(1, true)),
                bent("C2", "no command", told -> {
                    told.requests.add(new Request("stray", RUN_1, 0, false, 1, 1));
                }),
                bent("C2", "audited attempts", told -> {
                    told.entry(
                            "system", "rollout.Commanded", ROLLOUT, Map.of("seq", "2", "kind", "RUN", "attempt", "2"));
                }),
                bent("C2", "never executed", told -> told.execute(6, false)),
                bent("C3", "no second try", told -> told.command(0, "DEDUPLICATES", false)),
                bent("C3", "no second try", told -> told.lease(1, 1)),
                bent("C3", "neither recognises", told -> told.command(0, "NEITHER", true)),
                bent("C4", "older lease", told -> told.lease(0, 3)),
                bent("C5", "after its rollback had begun", told -> told.happen(2, 100, 101)),
                bent("C6", "earlier step", told -> {
                    told.happen(4, 20, 21);
                    told.happen(6, 18, 19);
                }),
                bent("C6", "never undone", Told::leaveStep2),
                bent("C6", "had ended", told -> told.happen(4, 12, 17)),
                bent("C6", "never run", told -> {
                    told.requests.removeIf(request -> request.move().equals(RUN_1));
                    told.commands.removeIf(command -> command.move().equals(RUN_1));
                    told.trail.removeIf(entry -> entry.fact("seq").equals("1")
                            && (entry.fact("kind").equals("RUN")
                                    || entry.fact("state").equals("DONE")));
                    told.entry("system", "rollout.Commanded", ROLLOUT, Map.of("seq", "1", "kind", "UNDO"));
                    told.entry(
                            "system",
                            "rollout.CommandEnded",
                            ROLLOUT,
                            Map.of("seq", "1", "kind", "UNDO", "attempt", "1", "state", "DONE"));
                }),
                bent("C7", "nobody else", told -> {
                    told.approvals.set(0, new Approval(CHANGE, "rita", "rita", 1));
                }),
                bent("C7", "nobody else", told -> told.approvals.set(0, new Approval(CHANGE, "rita", "theo", 9))),
                bent("C8", "has happened 1 times", told -> told.acknowledged.put(APPROVED, 2)),
                bent("C8", "has happened 1 times", told -> told.acknowledged.clear()),
                bent("C9", "nothing will take it", told -> {
                    told.standing.add(new Standing(ROLLOUT, "RUNNING", List.of()));
                }),
                bent("C10", "broken", told -> told.faults.add("The chain is broken.")),
                bent("C10", "the trail says so 0 times", told -> told.trail.remove(ended(told))),
                bent("C10", "the trail says so 2 times", told -> told.trail.add(ended(told))),
                bent("C10", "is DONE, and the trail says", told -> {
                    told.steps.set(0, new Step(ROLLOUT, 1, "DONE", false));
                }),
                bent("C10", "[DONE, UNDONE, UNDONE]", told -> {
                    told.entry("system", "rollout.StepMoved", ROLLOUT, Map.of("seq", "2", "state", "UNDONE"));
                }));
    }

    private static Arguments bent(String rule, String sentence, Consumer<Told> bend) {
        return Arguments.of(rule, sentence, bend);
    }

    private static Entry ended(Told told) {
        return told.trail.stream()
                .filter(entry -> entry.action().equals("rollout.CommandEnded"))
                .findFirst()
                .orElseThrow();
    }
}
