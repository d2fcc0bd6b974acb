package io.gatehouse.change.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.change.RelationKind;
import io.gatehouse.change.Relations;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a change has to do with other changes. */
@RestController
@RequestMapping("/api/v1/changes/{number}/relations")
class RelationsController {

    record RelationInput(
            @NotNull RelationKind kind,
            @NotBlank @Size(max = 32) String change,
            @Size(max = 1000) @Nullable String reason) {}

    record Removal(@NotBlank @Size(max = 1000) String reason) {}

    private final Relations relations;
    private final CurrentPerson currentPerson;

    RelationsController(Relations relations, CurrentPerson currentPerson) {
        this.relations = relations;
        this.currentPerson = currentPerson;
    }

    @GetMapping
    List<RelationRepresentation> relations(@PathVariable String number) {
        return relations.of(number).stream().map(RelationRepresentation::of).toList();
    }

    @PostMapping
    ResponseEntity<RelationRepresentation> add(@PathVariable String number, @RequestBody @Valid RelationInput input) {
        RelationRepresentation added = RelationRepresentation.of(relations.add(
                currentPerson.find().orElseThrow(), number, input.kind(), input.change(), input.reason()));
        return ResponseEntity.created(URI.create("/api/v1/changes/" + number + "/relations"))
                .body(added);
    }

    @PostMapping("/{id}/removal")
    RelationRepresentation remove(
            @PathVariable String number, @PathVariable long id, @RequestBody @Valid Removal input) {
        return RelationRepresentation.of(
                relations.remove(currentPerson.find().orElseThrow(), number, id, input.reason()));
    }
}
