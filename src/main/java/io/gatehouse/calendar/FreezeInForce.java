package io.gatehouse.calendar;

import io.gatehouse.change.Embargo;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps a rollout from going on while a freeze is in force, also one that was declared after it began. */
@Component
class FreezeInForce implements Embargo {

    private final FreezeRepository freezes;
    private final FreezeExemptions exemptions;
    private final Clock clock;

    FreezeInForce(FreezeRepository freezes, FreezeExemptions exemptions, Clock clock) {
        this.freezes = freezes;
        this.exemptions = exemptions;
        this.clock = clock;
    }

    @Override
    public Optional<String> on(String change, String environment, Set<String> services) {
        Instant now = clock.instant();
        return freezes.findBetween(now, now.plusMillis(1)).stream()
                .filter(freeze -> freeze.isInForceAt(now) && freeze.concerns(environment, services))
                .filter(freeze -> !exemptions.exempts(freeze, change))
                .findFirst()
                .map(Freeze::sentence);
    }
}
