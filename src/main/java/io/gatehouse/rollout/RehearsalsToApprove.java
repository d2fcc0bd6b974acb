package io.gatehouse.rollout;

import io.gatehouse.change.ApproverInsight;
import io.gatehouse.change.Change;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Shows approvers whether what they approve was tried out, and how that went. */
@Component
class RehearsalsToApprove implements ApproverInsight {

    private final Rehearsals rehearsals;
    private final RolloutPlans plans;

    RehearsalsToApprove(Rehearsals rehearsals, RolloutPlans plans) {
        this.rehearsals = rehearsals;
        this.plans = plans;
    }

    @Override
    public String field() {
        return "rehearsals";
    }

    @Override
    public String about(Change change) {
        Optional<RolloutPlan> plan = plans.find(change.number());
        if (plan.isEmpty()) {
            return "none: there is no plan to rehearse";
        }
        RehearsalOf rehearses = plan.get().rehearses();
        if (rehearses != null) {
            return "this is one, of " + rehearses.change() + ": everything it does is undone in the end";
        }
        List<Rehearsal> found = rehearsals.of(change);
        return found.isEmpty()
                ? "none"
                : found.stream().map(RehearsalsToApprove::line).collect(Collectors.joining("\n"));
    }

    private static String line(Rehearsal rehearsal) {
        return rehearsal.change() + " in " + rehearsal.environment() + ": " + rehearsal.result()
                + (rehearsal.current() ? "" : ", of another plan or other versions than these");
    }
}
