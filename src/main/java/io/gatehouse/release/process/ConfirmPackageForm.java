package io.gatehouse.release.process;

import io.gatehouse.access.Person;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.release.Releases;
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

    ConfirmPackageForm(ReleasePicture picture, Releases releases) {
        this.picture = picture;
        this.releases = releases;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        return picture.of(task.number());
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
        answers.nothingElse();
        if (action == Action.RETIRE) {
            releases.retire(task.number(), reason);
        } else {
            releases.confirm(task.number(), person);
        }
        return Map.of();
    }
}
