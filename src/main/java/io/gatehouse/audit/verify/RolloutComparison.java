package io.gatehouse.audit.verify;

import io.gatehouse.audit.verify.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Compares one rollout in the tables with the same rollout in the trail. */
final class RolloutComparison {

    private static final Set<String> OPEN = Set.of("NEW", "SENDING", "ACCEPTED");

    private final String number;
    private final StoredRollout stored;
    private final TrailedRollout trailed;
    private final List<Difference> found = new ArrayList<>();

    private RolloutComparison(String number, StoredRollout stored, TrailedRollout trailed) {
        this.number = number;
        this.stored = stored;
        this.trailed = trailed;
    }

    static List<Difference> of(String number, StoredRollout stored, TrailedRollout trailed) {
        RolloutComparison comparison = new RolloutComparison(number, stored, trailed);
        comparison.run();
        return comparison.found;
    }

    private void run() {
        if (!stored.exists() && !trailed.exists()) {
            return;
        }
        if (!trailed.exists()) {
            add(Kind.INSERTED, "It is in the table, but the trail does not know that it was opened.");
        } else if (!stored.exists()) {
            add(Kind.DELETED, "Entry " + trailed.entry() + " left it, but it is not in the table.");
        } else {
            row();
            parts(stored.steps(), trailed.begun(), this::isStepAsTrailed);
            parts(stored.commands(), trailed.commands(), this::isCommandAsTrailed);
            parts(
                    stored.reports(),
                    trailed.reports(),
                    name -> Objects.equals(
                            stored.reports().get(name), trailed.reports().get(name)));
        }
    }

    private void row() {
        if (!Objects.equals(trailed.digest(), stored.digest())
                || stored.begun() != trailed.begun().size()) {
            add(Kind.ALTERED, "Its row is not as entry " + trailed.entry() + " left it.");
        }
        if (!stored.targets().equals(trailed.targets())) {
            add(Kind.ALTERED, "It does not hold the services that it took.");
        }
    }

    private void parts(Map<String, ?> there, Map<String, String> known, Predicate<String> asTrailed) {
        Set<String> names = new TreeSet<>(there.keySet());
        names.addAll(known.keySet());
        for (String name : names) {
            if (!known.containsKey(name)) {
                add(Kind.INSERTED, "The trail does not know its " + name + ".");
            } else if (!there.containsKey(name)) {
                add(Kind.DELETED, "Its " + name + " is gone.");
            } else if (!asTrailed.test(name)) {
                add(Kind.ALTERED, "Its " + name + " is not as it was written down last.");
            }
        }
    }

    private boolean isStepAsTrailed(String name) {
        StoredRollout.Step step = Objects.requireNonNull(stored.steps().get(name));
        return step.begun().equals(trailed.begun().get(name))
                && step.progress().equals(trailed.progress().get(name))
                && step.settled() == trailed.settled().contains(name);
    }

    private boolean isCommandAsTrailed(String name) {
        StoredRollout.Command command = Objects.requireNonNull(stored.commands().get(name));
        String end = trailed.ended().get(name);
        return command.digest().equals(trailed.commands().get(name))
                && (end == null ? isOpenAsTrailed(name, command.state()) : end.equals(command.state()));
    }

    private boolean isOpenAsTrailed(String name, String state) {
        return trailed.isHeld(name) ? state.equals("HELD") : OPEN.contains(state);
    }

    private void add(Kind kind, String sentence) {
        found.add(new Difference(number, kind, sentence));
    }
}
