package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Answers.RETURNS_SELF;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.junit.jupiter.api.Test;

/** What 40 kills of two nodes found once in 180 rollbacks, and nothing else brings about at will. */
class ProcessMessagesTests {

    @Test
    void areLostLikeAnyOtherRaceWhenWhoeverWaitedGoesOnMeanwhile() {
        MessageCorrelationBuilder builder = mock(MessageCorrelationBuilder.class, RETURNS_SELF);
        when(builder.correlateAllWithResult())
                .thenThrow(
                        new NullValueException("Execution does not have a subscription: eventSubscriptions is empty"));
        RuntimeService runtime = mock(RuntimeService.class);
        when(runtime.createMessageCorrelation("rollout.RollbackRequested")).thenReturn(builder);
        OnBehalfOfTheSystem system = mock(OnBehalfOfTheSystem.class);
        when(system.run(any()))
                .thenAnswer(call -> call.<Command<Object>>getArgument(0).execute(null));

        assertThatThrownBy(() -> new ProcessMessages(runtime, system).send("rollout.RollbackRequested", "ROL-000001"))
                .isInstanceOf(OptimisticLockingException.class)
                .hasMessageContaining("ROL-000001");
    }
}
