package io.gatehouse.rollout.process;

import io.gatehouse.access.Person;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.rollout.Rollbacks;
import io.gatehouse.rollout.RolloutPlanning;
import io.gatehouse.rollout.Rollouts;
import io.gatehouse.rollout.Step;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * A person goes through the checklist of the plan and the checks that failed; if the deployment does not work, everything
 * is undone.
 */
@Component
class VerifyDeploymentForm implements TaskForm {

    /** What the person found. */
    enum Verdict {
        WORKS,
        DOES_NOT_WORK
    }

    private final RolloutPicture picture;
    private final Rollouts rollouts;
    private final RolloutPlanning planning;
    private final Rollbacks rollbacks;

    VerifyDeploymentForm(RolloutPicture picture, Rollouts rollouts, RolloutPlanning planning, Rollbacks rollbacks) {
        this.picture = picture;
        this.rollouts = rollouts;
        this.planning = planning;
        this.rollbacks = rollbacks;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        String change = rollouts.find(task.number()).change();
        fields.put("checklist", String.join("\n", planning.find(change).plan().checklist()));
        String findings = findings(task.number());
        fields.put("findings", findings.isEmpty() ? "none" : findings);
        return fields;
    }

    private String findings(String number) {
        return rollouts.steps(number).stream()
                .filter(Step::isFailedVerification)
                .map(check -> check.seq() + ". " + check.name() + " (" + check.target() + "): " + check.detail())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void admit(OpenTask task, Person person) {
        // Whoever is in the task's group may verify.
    }

    @Override
    public boolean isOpenToEscalation() {
        return true;
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Verdict verdict = answers.choice("verdict", Verdict.class);
        boolean inSpiteOfChecks =
                verdict == Verdict.WORKS && !findings(task.number()).isEmpty();
        String note = verdict == Verdict.WORKS && !inSpiteOfChecks
                ? answers.optionalText("note", 900)
                : answers.text("note", 900);
        answers.nothingElse();
        if (verdict == Verdict.DOES_NOT_WORK) {
            rollbacks.verificationFailed(task.number(), person, note);
        } else if (inSpiteOfChecks) {
            rollouts.acceptFailedChecks(task.number(), note);
        }
        return Map.of();
    }
}
