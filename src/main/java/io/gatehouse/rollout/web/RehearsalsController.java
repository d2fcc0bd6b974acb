package io.gatehouse.rollout.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.change.Window;
import io.gatehouse.rollout.Rehearsal;
import io.gatehouse.rollout.Rehearsals;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tries the plan of a change out where nobody is hurt. */
@RestController
@RequestMapping("/api/v1/changes/{number}/rehearsals")
@Transactional
class RehearsalsController {

    private static final Duration UNLESS_SAID = Duration.ofDays(1);

    /** When it may run: at once, unless said. */
    record WindowInput(@NotNull Instant startsAt, @NotNull Instant endsAt) {}

    record RehearsalInput(@NotBlank @Size(max = 64) String environment, @Valid @Nullable WindowInput window) {}

    private final Rehearsals rehearsals;
    private final CurrentPerson currentPerson;
    private final Clock clock;

    RehearsalsController(Rehearsals rehearsals, CurrentPerson currentPerson, Clock clock) {
        this.rehearsals = rehearsals;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<Rehearsal> begin(@PathVariable String number, @RequestBody @Valid RehearsalInput input) {
        Rehearsal rehearsal = rehearsals.begin(
                currentPerson.find().orElseThrow(), number, input.environment(), windowOf(input.window()));
        return ResponseEntity.created(URI.create("/api/v1/changes/" + rehearsal.change()))
                .body(rehearsal);
    }

    @GetMapping
    List<Rehearsal> list(@PathVariable String number) {
        return rehearsals.of(number);
    }

    private Window windowOf(@Nullable WindowInput input) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return input == null ? new Window(now, now.plus(UNLESS_SAID)) : new Window(input.startsAt(), input.endsAt());
    }
}
