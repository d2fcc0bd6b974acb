package io.gatehouse.rollout;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Says of a change whether its ledger proves that what it does can be rolled back. */
@Service
@Transactional(readOnly = true)
public class RollbackProofs {

    private static final Set<RolloutState> CAME_BACK = EnumSet.of(RolloutState.REHEARSED, RolloutState.ROLLED_BACK);

    private final RolloutRows rollouts;
    private final StepRows steps;
    private final CommandRows commands;
    private final RolloutPlans plans;

    RollbackProofs(RolloutRows rollouts, StepRows steps, CommandRows commands, RolloutPlans plans) {
        this.rollouts = rollouts;
        this.steps = steps;
        this.commands = commands;
        this.plans = plans;
    }

    /** The rollback of the newest rollout of a change, if it is one. */
    public Optional<ProvenRollback> find(String change) {
        return rollouts.latestOf(change)
                .filter(rollout -> whyNot(rollout, changing(rollout)).isEmpty())
                .map(this::proof);
    }

    /** Why there is none, as a sentence. */
    public String whyNot(String change) {
        return rollouts.latestOf(change)
                .map(rollout -> whyNot(rollout, changing(rollout)).orElse("it is complete"))
                .orElseGet(() -> change + " was not rolled out");
    }

    private ProvenRollback proof(Rollout rollout) {
        return new ProvenRollback(
                rollout.number(),
                Objects.requireNonNull(rollout.endedAt()),
                (int) changing(rollout).stream()
                        .filter(step -> step.state() == StepState.UNDONE)
                        .count(),
                rollouts.rollingBackAt(rollout.id())
                        .map(began -> Duration.between(began, rollout.endedAt()))
                        .orElse(null));
    }

    private Optional<String> whyNot(Rollout rollout, List<Step> changing) {
        if (!CAME_BACK.contains(rollout.state())) {
            return Optional.of(changing.stream()
                    .filter(Step::isLeftUndone)
                    .max(Comparator.comparingInt(Step::seq))
                    .filter(left -> rollout.state() == RolloutState.ROLLBACK_INCOMPLETE)
                    .map(left -> rollout.number() + " is " + rollout.state() + ": step " + left.seq() + ", "
                            + left.name() + ", is " + left.state())
                    .orElseGet(() -> rollout.number() + " is " + rollout.state()));
        }
        long planned = plans.find(rollout.change()).stream()
                .flatMap(plan -> plan.steps().stream())
                .filter(PlannedStep::changesSomething)
                .count();
        if (changing.size() < planned) {
            return Optional.of(rollout.number() + " came back, but only " + changing.size() + " of " + planned
                    + " steps of its plan had run");
        }
        return isExactReverse(commands.undone(rollout.id()))
                ? Optional.empty()
                : Optional.of(rollout.number() + " was not undone in exact reverse");
    }

    /** What may have done something; a check, and what provably never ran, has not. */
    private List<Step> changing(Rollout rollout) {
        return steps.list(rollout.id()).stream()
                .filter(Step::changesSomething)
                .filter(step -> step.state() != StepState.NOT_RUN)
                .toList();
    }

    /** What was ordered again because it failed may stand there twice in a row. */
    private static boolean isExactReverse(List<Integer> undone) {
        return !undone.isEmpty() && IntStream.range(1, undone.size()).allMatch(i -> undone.get(i) <= undone.get(i - 1));
    }
}
