package io.gatehouse.rollout.web;

import io.gatehouse.rollout.Quarantine;
import io.gatehouse.rollout.Quarantines;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether tools are held back after a restore of the database, and the end of that. */
@RestController
@RequestMapping("/api/v1/quarantine")
class QuarantineController {

    record Release(@NotBlank @Size(max = 900) String reason) {}

    record Restore(String name, Instant since) {

        static Restore of(Quarantine quarantine) {
            return new Restore(quarantine.name(), quarantine.begunAt());
        }
    }

    /**
     * @param restores those after which nobody has released the tools yet; with none, tools are called as always
     * @param rollouts that are not over
     */
    record QuarantineRepresentation(boolean inForce, List<Restore> restores, List<String> rollouts) {}

    private final Quarantines quarantines;

    QuarantineController(Quarantines quarantines) {
        this.quarantines = quarantines;
    }

    @GetMapping
    QuarantineRepresentation show() {
        List<Restore> restores = quarantines.inForce().stream().map(Restore::of).toList();
        return new QuarantineRepresentation(
                !restores.isEmpty(), restores, restores.isEmpty() ? List.of() : quarantines.liveRollouts());
    }

    @PostMapping("/release")
    QuarantineRepresentation release(@RequestBody @Valid Release input) {
        quarantines.release(input.reason());
        return show();
    }
}
