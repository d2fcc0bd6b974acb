package io.gatehouse.engine.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.engine.TaskFilter;
import io.gatehouse.engine.TaskList;
import io.gatehouse.engine.TaskSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for people. A task is done at the address of what it is about, not here. */
@RestController
@RequestMapping("/api/v1/tasks")
class TasksController {

    private final TaskList tasks;

    TasksController(TaskList tasks) {
        this.tasks = tasks;
    }

    @GetMapping
    Page<TaskSummary> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable String number,
            @RequestParam(required = false) @Nullable String task,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(defaultValue = "false") boolean mine) {
        return tasks.list(new TaskFilter(number, task, group, mine), page);
    }
}
