package io.gatehouse.release.process;

import io.gatehouse.access.Person;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.release.Releases;
import io.gatehouse.release.Stages;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A release manager says that the package is complete, or gives the release up. */
@Component
class ConfirmPackageForm implements TaskForm {

    enum Action {
        CONFIRM,
        RETIRE
    }

    private final ReleasePicture picture;
    private final Releases releases;
    private final Stages stages;

    ConfirmPackageForm(ReleasePicture picture, Releases releases, Stages stages) {
        this.picture = picture;
        this.releases = releases;
        this.stages = stages;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        fields.put("stages", stages.line(task.number()));
        return fields;
    }

    /** Whoever has the role: a release must not wait for one person. */
    @Override
    public void admit(OpenTask task, Person person) {
        releases.lock(task.number());
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Action action = answers.choice("action", Action.class);
        String reason = action == Action.RETIRE ? answers.text("reason", 1000) : answers.optionalText("reason", 1000);
        String fromStage = answers.optionalText("fromStage", 64);
        answers.nothingElse();
        if (action == Action.RETIRE) {
            releases.retire(task.number(), reason);
        } else {
            if (!fromStage.isEmpty()) {
                stages.goBackTo(task.number(), fromStage);
            }
            releases.confirm(task.number(), person);
        }
        return Map.of();
    }
}
