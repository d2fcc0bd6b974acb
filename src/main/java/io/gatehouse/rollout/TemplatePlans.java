package io.gatehouse.rollout;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.TemplateDrafted;
import io.gatehouse.change.TemplatePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The plans of versions of templates: each version has its own, which begins as a copy of the one before. */
@Component
class TemplatePlans implements TemplatePlan {

    private final PlanRows plans;
    private final PlansToSeal seals;
    private final PlanToApprove shown;
    private final PlanAudit audit;
    private final PlanRules rules;

    TemplatePlans(PlanRows plans, PlansToSeal seals, PlanToApprove shown, PlanAudit audit, PlanRules rules) {
        this.plans = plans;
        this.seals = seals;
        this.shown = shown;
        this.audit = audit;
        this.rules = rules;
    }

    @Override
    public @Nullable String fingerprint(String number) {
        return seals.of(number);
    }

    @Override
    public String about(String number) {
        return shown.about(number);
    }

    @Override
    public boolean fits(String number, String environment, Artifact artifact) {
        return plans.find(number)
                .map(stored -> rules.fits(stored.plan(), environment, List.of(artifact)))
                .orElseGet(() ->
                        plans.find(RolloutPlanning.SERVICE + artifact.service()).isEmpty());
    }

    @EventListener
    void copy(TemplateDrafted draft) {
        plans.find(draft.from() == null ? RolloutPlanning.TEMPLATE + draft.template() : draft.from())
                .ifPresent(stored -> {
                    plans.insert(draft.number(), stored.plan());
                    audit.written(draft.number(), stored.plan());
                });
    }
}
