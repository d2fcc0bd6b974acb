package io.gatehouse.engine;

import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Hands the entry of a token into a tool task to whoever listens to its topic. */
@Component
class ToolTaskListeners {

    /** Asked for when a token arrives, not while models are parsed: listeners need the engine that parses them. */
    private final ObjectProvider<ToolTaskListener> listeners;

    ToolTaskListeners(ObjectProvider<ToolTaskListener> listeners) {
        this.listeners = listeners;
    }

    void entered(String topic, DelegateExecution execution) {
        ToolTask task = describe((ExecutionEntity) execution);
        listeners.stream()
                .filter(listener -> listener.topic().equals(topic))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody listens to the topic " + topic))
                .entered(task);
    }

    private static ToolTask describe(ExecutionEntity execution) {
        ActivityImpl activity = execution.getActivity();
        Map<String, String> properties = activity.getProperties().get(BpmnProperties.EXTENSION_PROPERTIES);
        return new ToolTask(
                execution.getProcessBusinessKey(),
                activity.getId(),
                Objects.requireNonNullElse((String) activity.getProperty("name"), activity.getId()),
                handlerOf(activity),
                properties == null ? Map.of() : properties);
    }

    private static @Nullable String handlerOf(ActivityImpl activity) {
        ActivityImpl handler = activity.findCompensationHandler();
        // The boundary event of a repeated task sits on the body around it.
        if (handler == null && activity.getFlowScope() instanceof ActivityImpl body && activity.isMultiInstance()) {
            handler = body.findCompensationHandler();
        }
        return handler == null ? null : handler.getId();
    }
}
