package io.gatehouse.rollout;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Problem;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.Environments;
import io.gatehouse.change.Change;
import io.gatehouse.engine.DeployedModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What can be rehearsed and where, so that a rehearsal never does anything to what it is a rehearsal for. */
@Component
class RehearsalRules {

    /** What a tool is told or a person asked; two that are equal do the same. */
    private record Deed(
            String connector, Map<String, String> parameters, @Nullable ManualWork manual, @Nullable String target) {

        static Deed of(PlannedStep step) {
            return new Deed(
                    step.connector(), step.parameters(), step.manual(), step.manual() == null ? null : step.target());
        }

        static Deed of(PlannedStep step, Undo undo) {
            return new Deed(
                    undo.connector(), undo.parameters(), undo.manual(), undo.manual() == null ? null : step.target());
        }
    }

    private final Environments environments;
    private final DeployedModels models;

    RehearsalRules(Environments environments, DeployedModels models) {
        this.environments = environments;
        this.models = models;
    }

    /**
     * Whether a plan can be tried out in an environment.
     *
     * @param change with its details, which its plan must fit
     * @throws ProblemException invalid if the environment is none to rehearse in; conflict if the plan would do the same
     *     there as where it is meant for, or if its process decides itself how it ends
     */
    void requirePossible(Change change, RolloutPlan plan, String environment) {
        Optional<Environment> place = environments.find(environment);
        if (place.isEmpty() || place.get().production() || environment.equals(change.environment())) {
            throw ProblemException.invalid(
                    "environment",
                    "must be the key of an environment that is not production and not that of the change");
        }
        if (!PlansToSeal.isStandard(plan.process())) {
            throw impossible(change, "a team has drawn the process " + plan.process() + ", which ends as drawn", null);
        }
        if (plan.rehearses() != null) {
            throw impossible(change, "it is a rehearsal itself", null);
        }
        List<InvalidField> same = sameInBoth(plan, PlanNames.of(change), PlanNames.of(environment, change.artifacts()));
        if (!same.isEmpty()) {
            throw impossible(
                    change,
                    "its plan would do the same in " + environment + " as in " + change.environment() + ": "
                            + same.get(0).field() + " " + same.get(0).message(),
                    same);
        }
    }

    /**
     * Whether a rehearsal about to be submitted is still the one that was begun, and would be undone.
     *
     * @param rehearsal with its details
     * @throws ProblemException conflict if its requester has made something else of it since, or if process owners have
     *     redrawn the process without the box that undoes it
     */
    void requireUnaltered(Change rehearsal, RehearsalOf begun) {
        if (!models.latestHas(RolloutPlan.STANDARD_PROCESS, RolloutModel.CALL_REHEARSAL_BACK)) {
            throw ProblemException.conflict(
                    "cannot-be-rehearsed",
                    "Cannot be rehearsed",
                    "The process " + RolloutPlan.STANDARD_PROCESS
                            + " as it is drawn here has no box \"Call rehearsal back\", so nothing would be undone.");
        }
        boolean same = rehearsal.environment().equals(begun.environment())
                && RehearsalOf.brings(rehearsal).equals(begun.brings())
                && !environments.get(rehearsal.environment()).production();
        if (!same) {
            throw ProblemException.conflict(
                    "rehearsal-altered",
                    "The rehearsal was altered",
                    rehearsal.number() + " no longer brings what " + begun.change() + " brought when it began, to "
                            + begun.environment() + ". Cancel it and begin another.");
        }
    }

    private static List<InvalidField> sameInBoth(RolloutPlan plan, PlanNames meant, PlanNames there) {
        List<InvalidField> same = new ArrayList<>();
        IntStream.range(0, plan.steps().size()).forEach(i -> {
            PlannedStep step = filled(plan.steps().get(i), meant);
            PlannedStep tried = filled(plan.steps().get(i), there);
            String field = "steps[" + i + "]";
            if (Deed.of(step).equals(Deed.of(tried))) {
                same.add(sameIn(field));
            }
            if (step.undo() != null
                    && tried.undo() != null
                    && Deed.of(step, step.undo()).equals(Deed.of(tried, tried.undo()))) {
                same.add(sameIn(field + ".undo"));
            }
        });
        return same;
    }

    private static PlannedStep filled(PlannedStep step, PlanNames names) {
        return names.fill(step).orElseThrow(() -> new IllegalStateException("Looked at before: " + step.name()));
    }

    private static InvalidField sameIn(String field) {
        return new InvalidField(
                field, "must name ${environment} in its connector or a parameter, or in what a person is told");
    }

    private static ProblemException impossible(Change change, String why, @Nullable List<InvalidField> fields) {
        Problem problem = Problem.of(
                HttpStatus.CONFLICT,
                "cannot-be-rehearsed",
                "Cannot be rehearsed",
                change.number() + " cannot be rehearsed: " + why + ".");
        return new ProblemException(fields == null ? problem : problem.withFields(fields));
    }
}
