package io.gatehouse.release.process;

import io.gatehouse.access.Person;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.release.GoCondition;
import io.gatehouse.release.GoNoGoDecisions;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whoever sees to a condition of a conditional go says that it is met. */
@Component
class MeetConditionForm implements TaskForm {

    private final ReleasePicture picture;
    private final GoNoGoDecisions decisions;

    MeetConditionForm(ReleasePicture picture, GoNoGoDecisions decisions) {
        this.picture = picture;
        this.decisions = decisions;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        GoCondition condition = decisions.condition(task.number());
        Map<String, Object> fields = picture.of(decisions.releaseOf(task.number()));
        fields.put("condition", condition.number());
        fields.put("seat", condition.seat());
        fields.put("demanded", condition.demand().demanded());
        fields.put("dueAt", ReleasePicture.shown(condition.demand().dueAt()));
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        decisions.admit(task.number());
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        String note = answers.text("note", 2000);
        answers.nothingElse();
        decisions.meet(task.number(), person, note);
        return Map.of();
    }
}
