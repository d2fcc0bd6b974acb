package io.gatehouse.engine;

import io.gatehouse.access.PermissionTableException;
import io.gatehouse.access.Permissions;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Refuses to start an application with a user task that the permission table does not know. */
@Component
class EveryTaskHasARow implements SmartInitializingSingleton {

    private final ObjectProvider<TaskForm> forms;
    private final Permissions permissions;

    EveryTaskHasARow(ObjectProvider<TaskForm> forms, Permissions permissions) {
        this.forms = forms;
        this.permissions = permissions;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> unlisted = forms.stream()
                .map(TaskForm::stem)
                .filter(stem -> !permissions.names().contains(stem))
                .sorted()
                .toList();
        if (!unlisted.isEmpty()) {
            throw new PermissionTableException(
                    "The permission table has no row for the tasks " + String.join(", ", unlisted));
        }
    }
}
