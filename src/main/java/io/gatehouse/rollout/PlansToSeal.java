package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.change.Change;
import io.gatehouse.change.PlanFingerprint;
import io.gatehouse.engine.DeployedModels;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Binds what is approved of a change to the plan it has at that moment, and to the model when a team has drawn it: its
 * boxes are steps, with connectors and parameters, that no plan has.
 */
@Component
class PlansToSeal implements PlanFingerprint {

    private final PlanRows plans;
    private final PlanRules rules;
    private final RehearsalRules rehearsals;
    private final DeployedModels models;

    PlansToSeal(PlanRows plans, PlanRules rules, RehearsalRules rehearsals, DeployedModels models) {
        this.plans = plans;
        this.rules = rules;
        this.rehearsals = rehearsals;
        this.models = models;
    }

    @Override
    public @Nullable String of(Change change) {
        Optional<PlanRows.Stored> stored = plans.find(change.number());
        if (stored.isEmpty()) {
            return null;
        }
        RolloutPlan plan = stored.get().plan();
        rules.requireFit(change, plan);
        if (plan.rehearses() != null) {
            rehearsals.requireUnaltered(change, plan.rehearses());
        }
        return of(change.number());
    }

    @Nullable
    String of(String changeNumber) {
        return plans.written(changeNumber)
                .map(plan -> isStandard(plan.process())
                        ? plan.fingerprint()
                        : bound(
                                plan.fingerprint(),
                                models.latest(plan.process()).orElse(null)))
                .orElse(null);
    }

    /** The same of a plan that is being carried out, by the model that its rollout follows. */
    @Nullable
    String ofRunning(StepInPlan step) {
        String plan = step.fingerprint();
        String process = step.process();
        return plan == null || process == null || isStandard(process)
                ? plan
                : bound(
                        plan,
                        models.running(RolloutNumber.of(step.step().rollout())).orElse(null));
    }

    /** The steps of the standard process are those of the plan, whatever version of it goes through them. */
    static boolean isStandard(String process) {
        return process.equals(RolloutPlan.STANDARD_PROCESS);
    }

    private static String bound(String plan, @Nullable String model) {
        return Fingerprint.of(plan, model);
    }
}
