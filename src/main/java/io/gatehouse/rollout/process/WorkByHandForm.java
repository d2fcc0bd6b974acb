package io.gatehouse.rollout.process;

import io.gatehouse.access.Person;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.FormText;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.rollout.Abort;
import io.gatehouse.rollout.ManualSteps;
import io.gatehouse.rollout.ManualWork;
import io.gatehouse.rollout.Rollout;
import io.gatehouse.rollout.Rollouts;
import io.gatehouse.rollout.Step;
import io.gatehouse.rollout.WorkResult;
import io.gatehouse.rollout.connector.CommandKind;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** A person does a step of a rollout, or undoes it, as the plan says, and ticks off what is done. */
@Component
class WorkByHandForm implements TaskForm {

    private final RolloutPicture picture;
    private final Rollouts rollouts;
    private final ManualSteps work;

    WorkByHandForm(RolloutPicture picture, Rollouts rollouts, ManualSteps work) {
        this.picture = picture;
        this.rollouts = rollouts;
        this.work = work;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        fields.put("notice", notice(rollouts.find(task.number())));
        fields.put("step", "Nothing");
        fields.put("instructions", "Somebody else has done it, or nobody wants it any more.");
        items().forEach(item -> fields.put("label" + item, ""));
        work.waiting(task.number()).ifPresent(waiting -> {
            fields.put("step", title(waiting.kind(), waiting.step()));
            fields.put("instructions", waiting.work().instructions());
            List<String> checklist = waiting.work().checklist();
            IntStream.range(0, checklist.size()).forEach(item -> fields.put("label" + (item + 1), checklist.get(item)));
        });
        return fields;
    }

    private static String title(CommandKind kind, Step step) {
        String what = FormText.literal(step.seq() + " " + step.name() + " (" + step.target() + ")");
        return kind == CommandKind.RUN ? "Do step " + what : "Undo step " + what;
    }

    /** Whoever is at work learns here that others no longer want it. */
    private static String notice(Rollout rollout) {
        String stop = "If you have not finished this, stop and say that it failed and what you did of it.";
        Abort abort = rollout.abort();
        if (rollout.rollbackRequested()) {
            return FormText.literal("Everything is to be undone (" + rollout.rollbackBecause() + "). " + stop);
        }
        return abort == null ? "" : FormText.literal("The rollout was aborted (" + abort.because() + "). " + stop);
    }

    @Override
    public void admit(OpenTask task, Person person) {
        work.admit(task.number(), person);
    }

    @Override
    public boolean isOpenToEscalation() {
        return true;
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        WorkResult result = answers.choice("result", WorkResult.class);
        SortedSet<Integer> ticked = items().boxed()
                .filter(item -> answers.ticked("item" + item))
                .collect(Collectors.toCollection(TreeSet::new));
        String note = answers.optionalText("note", 900);
        answers.nothingElse();
        work.reportInTask(task.number(), person, result, ticked, note);
        return Map.of();
    }

    private static IntStream items() {
        return IntStream.rangeClosed(1, ManualWork.MOST_ITEMS);
    }
}
