package io.gatehouse.change.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.change.Incident;
import io.gatehouse.change.Incidents;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The incidents that a change caused; at most 100, so they are no pages. */
@RestController
@RequestMapping("/api/v1/changes/{number}/incidents")
class IncidentsController {

    record IncidentInput(
            @NotBlank @Size(max = 100) String reference,
            @Size(max = 1000) @Nullable String url,
            @NotNull Incident.Severity severity,
            @NotNull Instant openedAt) {}

    record IncidentRemoval(@NotBlank @Size(max = 1000) String reason) {}

    record IncidentList(List<Incident> items) {}

    private final Incidents incidents;
    private final CurrentPerson currentPerson;

    IncidentsController(Incidents incidents, CurrentPerson currentPerson) {
        this.incidents = incidents;
        this.currentPerson = currentPerson;
    }

    @GetMapping
    IncidentList list(@PathVariable String number) {
        return new IncidentList(incidents.of(number));
    }

    @PostMapping
    ResponseEntity<Incident> link(@PathVariable String number, @RequestBody @Valid IncidentInput input) {
        Incident incident = incidents.link(
                currentPerson.find().orElseThrow(),
                number,
                input.reference(),
                input.url(),
                input.severity(),
                input.openedAt());
        return ResponseEntity.created(URI.create("/api/v1/changes/" + number + "/incidents"))
                .body(incident);
    }

    @PostMapping("/{id}/removal")
    Incident remove(@PathVariable String number, @PathVariable long id, @RequestBody @Valid IncidentRemoval input) {
        return incidents.remove(currentPerson.find().orElseThrow(), number, id, input.reason());
    }
}
