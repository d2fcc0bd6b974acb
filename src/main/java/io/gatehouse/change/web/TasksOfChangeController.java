package io.gatehouse.change.web;

import io.gatehouse.change.ChangeTask;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.Changes;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What has to be done for a change besides the change itself. */
@RestController
@RequestMapping("/api/v1/changes/{number}/tasks")
class TasksOfChangeController {

    private final ChangeTasks tasks;
    private final Changes changes;

    TasksOfChangeController(ChangeTasks tasks, Changes changes) {
        this.tasks = tasks;
        this.changes = changes;
    }

    /** In the order in which they were added. */
    @GetMapping
    List<ChangeTaskRepresentation> tasks(@PathVariable String number) {
        return tasks.of(changes.glance(number)).stream()
                .map(ChangeTaskRepresentation::of)
                .toList();
    }

    @PostMapping
    ResponseEntity<ChangeTaskRepresentation> add(
            @PathVariable String number, @RequestBody @Valid ChangeTaskInput input) {
        ChangeTask added = tasks.add(number, input.toContent());
        return ChangeTasksController.answer(
                ResponseEntity.created(URI.create("/api/v1/change-tasks/" + added.number())), added);
    }
}
