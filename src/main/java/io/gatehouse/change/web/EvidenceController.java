package io.gatehouse.change.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Evidence;
import io.gatehouse.change.EvidenceFile;
import io.gatehouse.change.EvidenceFiles;
import io.gatehouse.change.EvidenceKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What must be on file about a change and what is. */
@RestController
@RequestMapping("/api/v1/changes/{number}/evidence")
class EvidenceController {

    record EvidenceInput(
            @NotNull EvidenceKind kind,
            @NotBlank @Size(max = 1000) String url,
            @Size(max = 200) @Nullable String digest,
            @NotNull Evidence.Result result) {}

    private final EvidenceFiles files;
    private final Changes changes;
    private final CurrentPerson currentPerson;

    EvidenceController(EvidenceFiles files, Changes changes, CurrentPerson currentPerson) {
        this.files = files;
        this.changes = changes;
        this.currentPerson = currentPerson;
    }

    @GetMapping
    EvidenceFile evidence(@PathVariable String number) {
        return files.of(changes.glance(number));
    }

    @PostMapping
    ResponseEntity<EvidenceFile> provide(@PathVariable String number, @RequestBody @Valid EvidenceInput input) {
        EvidenceFile file = files.provide(
                currentPerson.find().orElseThrow(), number, input.kind(), input.url(), input.digest(), input.result());
        return ResponseEntity.created(URI.create("/api/v1/changes/" + number + "/evidence"))
                .body(file);
    }
}
