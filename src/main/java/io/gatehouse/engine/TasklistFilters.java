package io.gatehouse.engine;

import io.gatehouse.access.EngineIdentities;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lists everybody finds in the Tasklist. They name no person and hold no expression: the engine shows each person
 * only the tasks of their own groups.
 */
@Component
@Order(20)
class TasklistFilters implements ApplicationRunner {

    /** What a task is about, which its card shows below its name. */
    private static final List<Map<String, String>> SHOWN = List.of(
            Map.of("name", "changeNumber", "label", "Change"),
            Map.of("name", "rolloutNumber", "label", "Rollout"),
            Map.of("name", "breakGlassNumber", "label", "Break-glass"),
            Map.of("name", "changeTaskNumber", "label", "Task"),
            Map.of("name", "templateNumber", "label", "Template"),
            Map.of("name", "meetingNumber", "label", "Meeting"),
            Map.of("name", "releaseNumber", "label", "Release"),
            Map.of("name", "scopeNumber", "label", "Scope change"),
            Map.of("name", "testNumber", "label", "Test"),
            Map.of("name", "conditionNumber", "label", "Condition"),
            Map.of("name", "criterionNumber", "label", "Criterion"),
            Map.of("name", LateTasks.MARK, "label", "Late"));

    private final FilterService filters;
    private final TaskService tasks;
    private final AuthorizationService authorizations;
    private final EngineIdentities writes;
    private final JdbcClient jdbc;

    TasklistFilters(
            FilterService filters,
            TaskService tasks,
            AuthorizationService authorizations,
            EngineIdentities writes,
            JdbcClient jdbc) {
        this.filters = filters;
        this.tasks = tasks;
        this.authorizations = authorizations;
        this.writes = writes;
        this.jdbc = jdbc;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        lock();
        Date parked = Date.from(ParkedTasks.NEVER.minus(Duration.ofDays(1)));
        offer(
                "Waiting for me",
                "Open tasks of your groups, the most urgent first",
                10,
                tasks.createTaskQuery().followUpBeforeOrNotExistent(parked));
        offer(
                "Parked",
                "Tasks of changes that are on hold",
                20,
                tasks.createTaskQuery().followUpAfter(parked));
    }

    /** The engine has no key for the names of filters, so nodes that start at once look one after the other. */
    private void lock() {
        jdbc.sql("select id from engine_set_up where id = 1 for update")
                .query(Integer.class)
                .single();
    }

    private void offer(String name, String description, int priority, TaskQuery query) {
        List<Filter> all = filters.createFilterQuery()
                .filterName(name)
                .orderByFilterId()
                .asc()
                .list();
        // Earlier releases may have left two.
        all.stream().skip(1).forEach(another -> filters.deleteFilter(another.getId()));
        Filter known = all.isEmpty() ? null : all.get(0);
        if (known != null && SHOWN.equals(known.getProperties().get("variables"))) {
            return;
        }
        Filter filter = known == null ? filters.newTaskFilter(name) : known;
        filter.setQuery(query.orderByDueDate().asc().orderByTaskCreateTime().asc());
        filter.setProperties(Map.of(
                "description", description,
                "priority", priority,
                "refresh", true,
                "showUndefinedVariable", false,
                "variables", SHOWN));
        filters.saveFilter(filter);
        if (known == null) {
            letEverybodyRead(filter);
        }
    }

    private void letEverybodyRead(Filter filter) {
        Authorization everybody = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL);
        everybody.setResource(Resources.FILTER);
        everybody.setResourceId(filter.getId());
        everybody.addPermission(Permissions.READ);
        writes.saveAuthorization(everybody);
    }
}
