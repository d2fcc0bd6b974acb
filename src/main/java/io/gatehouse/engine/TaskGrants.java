package io.gatehouse.engine;

import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Lets the candidate groups of a task see it, as the stock engine does, without first looking whether a task that is
 * only now being written down has such a grant already.
 */
class TaskGrants extends DefaultAuthorizationProvider {

    @Override
    protected AuthorizationEntity createOrUpdateAuthorization(
            Task task,
            @Nullable String person,
            @Nullable String group,
            Resource resource,
            boolean historic,
            Permission... permissions) {
        return isNew(task) && !historic
                ? createAuthorization(person, group, resource, task.getId(), permissions)
                : super.createOrUpdateAuthorization(task, person, group, resource, historic, permissions);
    }

    private static boolean isNew(Task task) {
        return Context.getCommandContext()
                .getDbEntityManager()
                .getDbEntityCache()
                .isTransient((TaskEntity) task);
    }
}
