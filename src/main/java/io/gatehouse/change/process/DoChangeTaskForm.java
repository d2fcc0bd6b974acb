package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whoever has a task of a change takes it up, and says when it is done. */
@Component
class DoChangeTaskForm implements TaskForm {

    enum Action {
        BEGIN,
        DONE
    }

    private final ChangeTaskPicture picture;
    private final ChangeTasks tasks;

    DoChangeTaskForm(ChangeTaskPicture picture, ChangeTasks tasks) {
        this.picture = picture;
        this.tasks = tasks;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        return picture.of(task.number());
    }

    @Override
    public void admit(OpenTask task, Person person) {
        tasks.admit(task.number(), person);
    }

    @Override
    public boolean isOpenToEscalation() {
        return true;
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Action action = answers.choice("action", Action.class);
        String note = action == Action.DONE ? answers.text("note", 2000) : answers.optionalText("note", 2000);
        answers.nothingElse();
        if (action == Action.DONE) {
            tasks.finish(task.number(), person, note);
        } else {
            tasks.begin(task.number(), person);
        }
        return Map.of();
    }
}
