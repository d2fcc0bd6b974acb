package io.gatehouse.engine;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.core.model.PropertyKey;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a process wrote at a user task about people who do not get round to it.
 *
 * @param reminder how long before it is due its groups are reminded, if it has twice that time
 * @param escalateAfter how long after it was due others are made aware of it
 * @param escalateTo the roles of those others
 */
record ReminderRule(Duration reminder, Duration escalateAfter, List<String> escalateTo) {

    private static final PropertyKey<ReminderRule> KEY = new PropertyKey<>("gatehouse.reminder");

    /** Reads the properties {@code reminder}, {@code escalateAfter} and {@code escalateTo}; null without the first. */
    static @Nullable ReminderRule read(Map<String, String> properties) {
        String reminder = properties.get("reminder");
        return reminder == null
                ? null
                : new ReminderRule(
                        duration(reminder),
                        duration(properties.getOrDefault("escalateAfter", "PT0S")),
                        Arrays.stream(properties.getOrDefault("escalateTo", "").split(","))
                                .map(String::trim)
                                .filter(group -> !group.isEmpty())
                                .toList());
    }

    void attachTo(ActivityImpl activity) {
        activity.getProperties().set(KEY, this);
    }

    static @Nullable ReminderRule of(TaskEntity task) {
        return task.getExecution().getActivity().getProperties().get(KEY);
    }

    /** So long before it is due, but not before half of its time is over: being asked is no reminder. */
    Instant remindAt(Date created, Date due) {
        Instant half = created.toInstant()
                .plus(Duration.between(created.toInstant(), due.toInstant()).dividedBy(2));
        Instant wanted = due.toInstant().minus(reminder);
        return wanted.isBefore(half) ? half : wanted;
    }

    Instant escalateAt(Date due) {
        return due.toInstant().plus(escalateAfter);
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' at a user task must be a duration such as PT4H or P1D", e);
        }
    }
}
