package io.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gatehouse.api.StartRefused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.FileSystemResource;

/** A build with a model that breaks a rule does not start. */
class ModelsAtStartTests {

    private final ShippedModels shipped = mock(ShippedModels.class);
    private final ModelCheck check = mock(ModelCheck.class);

    @Test
    void startsWithSoundModels() {
        when(shipped.files(anyString())).thenReturn(List.of(new FileSystemResource("processes/rollout/Rollout.bpmn")));
        when(check.shippedFindings(anyString(), anyString())).thenReturn(List.of());

        assertThatCode(() -> new ModelsAtStart(shipped, check).afterPropertiesSet())
                .doesNotThrowAnyException();
    }

    @Test
    void doesNotStartWithOneThatBreaksARule() {
        when(shipped.files(".dmn")).thenReturn(List.of());
        when(shipped.files(".bpmn")).thenReturn(List.of(new FileSystemResource("processes/rollout/Rollout.bpmn")));
        when(check.shippedFindings(anyString(), anyString())).thenReturn(List.of("uses camunda:class="));

        assertThatThrownBy(() -> new ModelsAtStart(shipped, check).afterPropertiesSet())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Rollout.bpmn: uses camunda:class=");
    }
}
