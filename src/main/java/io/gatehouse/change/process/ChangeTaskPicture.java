package io.gatehouse.change.process;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeTask;
import io.gatehouse.change.ChangeTaskContent;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.FormText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the form of a task of a change shows above its questions. Times are shown in UTC and say so. */
@Component
class ChangeTaskPicture {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final ChangeTasks tasks;
    private final Changes changes;

    ChangeTaskPicture(ChangeTasks tasks, Changes changes) {
        this.tasks = tasks;
        this.changes = changes;
    }

    Map<String, Object> of(String number) {
        ChangeTask task = tasks.get(number);
        Change change = changes.find(task.change());
        ChangeTaskContent content = task.content();
        Map<String, Object> fields = new TreeMap<>();
        fields.put("number", number);
        fields.put("title", FormText.literal(content.title()));
        fields.put("change", change.number());
        fields.put("changeTitle", FormText.literal(change.title()));
        fields.put("services", FormText.literal(String.join(", ", change.services())));
        fields.put("environment", FormText.literal(change.environment()));
        fields.put(
                "window",
                shown(change.window().startsAt()) + " to "
                        + shown(change.window().endsAt()));
        fields.put("phase", phase(task));
        fields.put("planned", planned(content));
        fields.put("progress", progress(task));
        fields.put("instructions", content.instructions() == null ? "none" : content.instructions());
        return fields;
    }

    private static String phase(ChangeTask task) {
        return switch (task.content().phase()) {
            case BEFORE -> "before the change, which does not start until it is done"
                    + (task.condition() == null
                            ? ""
                            : " and until the chair of the board or a change manager has accepted it");
            case DURING -> "during the change, which is not closed until it is done";
            case AFTER -> "after the change, which is not closed until it is done";
        };
    }

    private static String planned(ChangeTaskContent content) {
        Instant start = content.plannedStart();
        Instant end = content.plannedEnd();
        if (start == null && end == null) {
            return "any time";
        }
        return start == null ? "until " + shown(end) : shown(start) + (end == null ? "" : " to " + shown(end));
    }

    private static String progress(ChangeTask task) {
        String owner = task.content().owner();
        return task.startedAt() == null
                ? "not begun"
                : "begun " + shown(task.startedAt()) + " by " + FormText.literal(String.valueOf(owner));
    }

    private static String shown(@Nullable Instant moment) {
        return moment == null ? "" : SHOWN.format(moment);
    }
}
