package io.gatehouse.change.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.ChangeTask;
import io.gatehouse.change.ChangeTaskFilter;
import io.gatehouse.change.ChangeTaskList;
import io.gatehouse.change.ChangeTaskModel;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.TaskPhase;
import io.gatehouse.engine.Tasks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tasks of changes, whichever change they belong to. */
@RestController
@RequestMapping("/api/v1/change-tasks")
@Transactional
class ChangeTasksController {

    record CompletionInput(@NotBlank @Size(max = 2000) String note) {}

    record CancellationInput(@NotBlank @Size(max = 2000) String reason) {}

    private final ChangeTasks changeTasks;
    private final ChangeTaskList list;
    private final Tasks tasks;
    private final CurrentPerson currentPerson;

    ChangeTasksController(ChangeTasks changeTasks, ChangeTaskList list, Tasks tasks, CurrentPerson currentPerson) {
        this.changeTasks = changeTasks;
        this.list = list;
        this.tasks = tasks;
        this.currentPerson = currentPerson;
    }

    @GetMapping
    Page<ChangeTaskRepresentation> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable String change,
            @RequestParam(required = false) ChangeTask.@Nullable State state,
            @RequestParam(required = false) @Nullable TaskPhase phase,
            @RequestParam(defaultValue = "false") boolean mine) {
        return list.list(new ChangeTaskFilter(change, state, phase, mine), page).map(ChangeTaskRepresentation::of);
    }

    @GetMapping("/{number}")
    ResponseEntity<ChangeTaskRepresentation> show(@PathVariable String number) {
        return answer(ResponseEntity.ok(), changeTasks.get(number));
    }

    @PutMapping("/{number}")
    ResponseEntity<ChangeTaskRepresentation> edit(
            @PathVariable String number, @RequestBody @Valid ChangeTaskInput input, Precondition precondition) {
        return answer(ResponseEntity.ok(), changeTasks.edit(number, input.toContent(), precondition));
    }

    /** The task "Do change task" through the API: takes it up. */
    @PostMapping("/{number}/start")
    ResponseEntity<ChangeTaskRepresentation> start(@PathVariable String number) {
        return submit(number, Map.of("action", "BEGIN"));
    }

    /** The task "Do change task" through the API: it is done. */
    @PostMapping("/{number}/completion")
    ResponseEntity<ChangeTaskRepresentation> complete(
            @PathVariable String number, @RequestBody @Valid CompletionInput input) {
        return submit(number, Map.of("action", "DONE", "note", input.note()));
    }

    /** Gives it up: it is not done and nothing waits for it any more. */
    @PostMapping("/{number}/cancellation")
    ResponseEntity<ChangeTaskRepresentation> cancel(
            @PathVariable String number, @RequestBody @Valid CancellationInput input) {
        return answer(ResponseEntity.ok(), changeTasks.cancel(number, input.reason()));
    }

    private ResponseEntity<ChangeTaskRepresentation> submit(String number, Map<String, Object> answers) {
        changeTasks.admit(number, currentPerson.find().orElseThrow());
        tasks.submit(number, ChangeTaskModel.DO, null, answers);
        return answer(ResponseEntity.ok(), changeTasks.get(number));
    }

    static ResponseEntity<ChangeTaskRepresentation> answer(ResponseEntity.BodyBuilder answer, ChangeTask task) {
        return answer.eTag(Long.toString(task.version())).body(ChangeTaskRepresentation.of(task));
    }
}
