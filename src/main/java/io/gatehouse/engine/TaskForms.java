package io.gatehouse.engine;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Finds the {@link TaskForm} of a user task by its stem. */
@Component
class TaskForms {

    private final SingletonSupplier<Map<String, TaskForm>> byStem;

    TaskForms(ObjectProvider<TaskForm> forms) {
        this.byStem = SingletonSupplier.of(
                () -> forms.stream().collect(Collectors.toMap(TaskForm::stem, Function.identity())));
    }

    TaskForm of(String stem) {
        TaskForm form = byStem.obtain().get(stem);
        if (form == null) {
            throw new IllegalStateException("No class " + stem + "Form for the user task " + stem);
        }
        return form;
    }
}
