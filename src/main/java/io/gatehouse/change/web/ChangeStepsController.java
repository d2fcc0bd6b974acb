package io.gatehouse.change.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.change.Approval;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.process.ChangeModel;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moves changes: each operation is either a task of the diagram or a message to it, and answers with the change. */
@RestController
@RequestMapping("/api/v1/changes/{number}")
@Transactional
class ChangeStepsController {

    record Reason(@NotBlank @Size(max = 1000) String reason) {}

    record Reclassification(@NotNull ChangeType type) {}

    record Decision(
            @Size(max = 64) @Nullable String seat,
            @NotNull Approval.Verdict decision,
            @NotBlank @Size(max = 2000) String reason) {}

    record TechnicalReview(@NotNull Approval.Verdict decision, @NotBlank @Size(max = 2000) String reason) {}

    record ImplementationReport(@NotNull CloseCode result, @Nullable Boolean rolledBack) {}

    record Review(@NotNull CloseCode closeCode, @NotBlank @Size(max = 2000) String lessons) {}

    private final ChangeProcess process;
    private final Changes changes;
    private final Tasks tasks;
    private final CurrentPerson currentPerson;

    ChangeStepsController(ChangeProcess process, Changes changes, Tasks tasks, CurrentPerson currentPerson) {
        this.process = process;
        this.changes = changes;
        this.tasks = tasks;
        this.currentPerson = currentPerson;
    }

    @PostMapping("/submission")
    ResponseEntity<ChangeRepresentation> submit(@PathVariable String number) {
        return ChangesController.answer(process.submit(person(), number));
    }

    @PostMapping("/reclassification")
    ResponseEntity<ChangeRepresentation> reclassify(
            @PathVariable String number, @RequestBody @Valid Reclassification input) {
        return ChangesController.answer(process.reclassify(person(), number, input.type()));
    }

    @PostMapping("/revision")
    ResponseEntity<ChangeRepresentation> revise(@PathVariable String number, @RequestBody @Valid Reason input) {
        return ChangesController.answer(process.revise(person(), number, input.reason()));
    }

    @PostMapping("/hold")
    ResponseEntity<ChangeRepresentation> hold(@PathVariable String number, @RequestBody @Valid Reason input) {
        return ChangesController.answer(process.hold(person(), number, input.reason()));
    }

    @PostMapping("/resumption")
    ResponseEntity<ChangeRepresentation> resume(@PathVariable String number) {
        return ChangesController.answer(process.resume(person(), number));
    }

    @PostMapping("/cancellation")
    ResponseEntity<ChangeRepresentation> cancel(@PathVariable String number) {
        return ChangesController.answer(process.cancel(person(), number));
    }

    @PostMapping("/technical-reviews")
    ResponseEntity<ChangeRepresentation> reviewTechnically(
            @PathVariable String number, @RequestBody @Valid TechnicalReview input) {
        return submit(
                number,
                ChangeModel.REVIEW_TECHNICALLY,
                null,
                Map.of("decision", input.decision().name(), "reason", input.reason()));
    }

    @PostMapping("/approvals")
    ResponseEntity<ChangeRepresentation> approve(@PathVariable String number, @RequestBody @Valid Decision input) {
        // An emergency that was begun already waits for the same answer in a task of its own.
        boolean begun = !changes.lock(number).state().isBeforeImplement();
        return submit(
                number,
                begun ? ChangeModel.APPROVE_AFTERWARDS : ChangeModel.APPROVE_CHANGE,
                input.seat(),
                Map.of("decision", input.decision().name(), "reason", input.reason()));
    }

    @PostMapping("/implementation-reports")
    ResponseEntity<ChangeRepresentation> reportImplementation(
            @PathVariable String number, @RequestBody @Valid ImplementationReport input) {
        return submit(
                number,
                ChangeModel.IMPLEMENT_CHANGE,
                null,
                Map.of("result", input.result().name(), "rolledBack", Boolean.TRUE.equals(input.rolledBack())));
    }

    @PostMapping("/reviews")
    ResponseEntity<ChangeRepresentation> review(@PathVariable String number, @RequestBody @Valid Review input) {
        return submit(
                number,
                ChangeModel.REVIEW_CHANGE,
                null,
                Map.of("closeCode", input.closeCode().name(), "lessons", input.lessons()));
    }

    private ResponseEntity<ChangeRepresentation> submit(
            String number, String stem, @Nullable String seat, Map<String, Object> answers) {
        changes.lock(number);
        tasks.submit(number, stem, seat, answers);
        return ChangesController.answer(changes.find(number));
    }

    private Person person() {
        return currentPerson.find().orElseThrow();
    }
}
