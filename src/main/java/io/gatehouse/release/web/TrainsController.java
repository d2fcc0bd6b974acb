package io.gatehouse.release.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.release.train.Train;
import io.gatehouse.release.train.TrainHeading;
import io.gatehouse.release.train.Trains;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Trains and their schedules. */
@RestController
@RequestMapping("/api/v1/trains")
class TrainsController {

    record ScheduleInput(@NotBlank @Size(max = 100_000) String schedule) {}

    private final Trains trains;

    TrainsController(Trains trains) {
        this.trains = trains;
    }

    @GetMapping
    Page<TrainHeading> list(PageQuery page) {
        return trains.list(page);
    }

    @GetMapping("/{key}")
    ResponseEntity<TrainRepresentation> show(@PathVariable String key) {
        return answer(ResponseEntity.ok(), trains.get(key));
    }

    @PutMapping("/{key}")
    ResponseEntity<TrainRepresentation> put(
            @PathVariable @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String key,
            @RequestBody @Valid TrainInput input,
            Precondition precondition) {
        Train saved = trains.put(key, input.toContent(), precondition);
        return answer(
                saved.version() == 1
                        ? ResponseEntity.created(URI.create("/api/v1/trains/" + key))
                        : ResponseEntity.ok(),
                saved);
    }

    @PostMapping("/{key}/schedule-imports")
    ResponseEntity<TrainRepresentation> importSchedule(
            @PathVariable String key, @RequestBody @Valid ScheduleInput input) {
        return answer(ResponseEntity.ok(), trains.importSchedule(key, input.schedule()));
    }

    private static ResponseEntity<TrainRepresentation> answer(ResponseEntity.BodyBuilder answer, Train train) {
        return answer.eTag(Long.toString(train.version())).body(TrainRepresentation.of(train));
    }
}
