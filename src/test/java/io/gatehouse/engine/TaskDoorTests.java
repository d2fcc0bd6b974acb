package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.audit.AuditTrail;
import java.util.Map;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.junit.jupiter.api.Test;

/** A task is read, and then its process: in between somebody else may complete it. */
class TaskDoorTests {

    private final TaskDoor door = new TaskDoor(
            mock(TaskForms.class), mock(CurrentPerson.class), mock(Permissions.class), mock(AuditTrail.class));
    private final TaskEntity task = mock(TaskEntity.class);

    @Test
    void anAnswerToATaskWhoseProcessHasEndedMeanwhileComesTooLate() {
        when(task.getExecution()).thenReturn(new ExecutionEntity());

        assertThatThrownBy(() -> door.submit(task, Map.of())).isInstanceOf(OptimisticLockingException.class);
    }

    @Test
    void anAnswerToATaskWhoseExecutionIsGoneComesTooLate() {
        assertThatThrownBy(() -> door.submit(task, Map.of())).isInstanceOf(OptimisticLockingException.class);
    }
}
