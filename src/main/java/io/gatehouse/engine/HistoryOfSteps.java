package io.gatehouse.engine;

import java.util.EnumSet;
import java.util.Set;
import org.camunda.bpm.engine.impl.history.HistoryLevelActivity;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.jspecify.annotations.Nullable;

/**
 * The history level {@code activity} without a second record of each task: the step that a task belongs to has its
 * begin, its end and whom it was assigned to, and nothing reads them from the task (ADR 60).
 */
final class HistoryOfSteps extends HistoryLevelActivity {

    private static final Set<HistoryEventTypes> OF_TASKS = EnumSet.of(
            HistoryEventTypes.TASK_INSTANCE_CREATE,
            HistoryEventTypes.TASK_INSTANCE_UPDATE,
            HistoryEventTypes.TASK_INSTANCE_MIGRATE,
            HistoryEventTypes.TASK_INSTANCE_COMPLETE,
            HistoryEventTypes.TASK_INSTANCE_DELETE);

    @Override
    public boolean isHistoryEventProduced(HistoryEventType event, @Nullable Object entity) {
        return !OF_TASKS.contains(event) && super.isHistoryEventProduced(event, entity);
    }
}
