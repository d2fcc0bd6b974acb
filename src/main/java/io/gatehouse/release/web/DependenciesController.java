package io.gatehouse.release.web;

import io.gatehouse.release.Dependencies;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
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

/** Which releases wait for which, and what that does to their days. */
@RestController
@RequestMapping("/api/v1")
class DependenciesController {

    record DependencyInput(
            @NotBlank @Size(max = 64) String stage,
            @NotBlank @Size(max = 32) String needs,
            @NotBlank @Size(max = 64) String needsStage,
            @Size(max = 1000) @Nullable String reason) {}

    record RemovalInput(@NotBlank @Size(max = 1000) String reason) {}

    private final Dependencies dependencies;

    DependenciesController(Dependencies dependencies) {
        this.dependencies = dependencies;
    }

    @GetMapping("/releases/{number}/dependencies")
    DependenciesRepresentation show(@PathVariable String number) {
        return DependenciesRepresentation.of(dependencies.of(number));
    }

    @PostMapping("/releases/{number}/dependencies")
    ResponseEntity<DependencyRepresentation> add(
            @PathVariable String number, @RequestBody @Valid DependencyInput input) {
        return ResponseEntity.created(URI.create("/api/v1/releases/" + number + "/dependencies"))
                .body(DependencyRepresentation.of(
                        dependencies.add(number, input.stage(), input.needs(), input.needsStage(), input.reason())));
    }

    @PostMapping("/releases/{number}/dependencies/{id}/removal")
    DependencyRepresentation remove(
            @PathVariable String number, @PathVariable long id, @RequestBody @Valid RemovalInput input) {
        return DependencyRepresentation.of(dependencies.remove(number, id, input.reason()));
    }

    @GetMapping("/trains/{key}/slips")
    List<ForecastRepresentation> slips(@PathVariable String key) {
        return dependencies.slipsOf(key).stream()
                .map(ForecastRepresentation::withoutChain)
                .toList();
    }
}
