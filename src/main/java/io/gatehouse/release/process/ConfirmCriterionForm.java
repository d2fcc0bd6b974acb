package io.gatehouse.release.process;

import io.gatehouse.access.Person;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.release.Criteria;
import io.gatehouse.release.Criterion;
import io.gatehouse.release.CriterionAnswer;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Whoever sees to a criterion of a release says whether it is met. */
@Component
class ConfirmCriterionForm implements TaskForm {

    private enum Answer {
        MET,
        NOT_MET
    }

    private final ReleasePicture picture;
    private final Criteria criteria;

    ConfirmCriterionForm(ReleasePicture picture, Criteria criteria) {
        this.picture = picture;
        this.criteria = criteria;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Criterion criterion = criteria.find(task.number());
        Map<String, Object> fields = picture.of(criteria.releaseOf(criterion));
        fields.put("criterion", criterion.number());
        fields.put("title", criterion.content().title());
        fields.put("details", Objects.requireNonNullElse(criterion.content().details(), "none"));
        fields.put("dueAt", ReleasePicture.shown(criterion.content().dueAt()));
        fields.put("said", said(criterion));
        return fields;
    }

    private static String said(Criterion criterion) {
        return criterion.answers().isEmpty()
                ? "nothing"
                : criterion.answers().stream().map(ConfirmCriterionForm::line).collect(Collectors.joining("\n"));
    }

    private static String line(CriterionAnswer answer) {
        return ReleasePicture.shown(answer.at()) + ", " + answer.by() + ", " + answer.kind() + ": " + answer.note();
    }

    @Override
    public void admit(OpenTask task, Person person) {
        criteria.admit(task.number());
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Answer answer = answers.choice("answer", Answer.class);
        String note = answers.text("note", 2000);
        answers.nothingElse();
        criteria.answer(task.number(), person, answer == Answer.MET, note);
        return Map.of();
    }
}
