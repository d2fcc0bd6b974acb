package io.gatehouse.release.web;

import io.gatehouse.release.PlanHistory;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseSeries;
import io.gatehouse.release.Replanning;
import io.gatehouse.release.web.ReleaseInput.WindowInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Puts releases off and splits them. */
@RestController
@RequestMapping("/api/v1/releases/{number}")
class ReplanningController {

    record PostponementInput(
            @NotNull @Valid WindowInput window,
            @NotNull LocalDate readyOn,
            @NotBlank @Size(max = 1000) String reason) {}

    record SplitInput(
            @NotBlank @Size(max = 200) String name,
            @NotEmpty @Size(max = 100) Set<@NotBlank @Size(max = 64) String> services) {}

    private final Replanning replanning;
    private final ReleaseSeries series;

    ReplanningController(Replanning replanning, ReleaseSeries series) {
        this.replanning = replanning;
        this.series = series;
    }

    @GetMapping("/replanning")
    PlanHistory history(@PathVariable String number) {
        return replanning.historyOf(number);
    }

    @PostMapping("/postponement")
    ResponseEntity<ReleaseRepresentation> postpone(
            @PathVariable String number, @RequestBody @Valid PostponementInput input) {
        return answer(
                ResponseEntity.ok(),
                replanning.postpone(number, input.window().toWindow(), input.readyOn(), input.reason()));
    }

    @PostMapping("/split")
    ResponseEntity<ReleaseRepresentation> split(@PathVariable String number, @RequestBody @Valid SplitInput input) {
        Release part = replanning.split(number, input.name(), new TreeSet<>(input.services()));
        return answer(ResponseEntity.created(URI.create("/api/v1/releases/" + part.number())), part);
    }

    private ResponseEntity<ReleaseRepresentation> answer(ResponseEntity.BodyBuilder answer, Release release) {
        return answer.eTag(Long.toString(release.version()))
                .body(ReleaseRepresentation.of(release, series.of(release).orElse(null)));
    }
}
