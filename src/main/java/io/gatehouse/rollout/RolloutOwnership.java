package io.gatehouse.rollout;

import io.gatehouse.access.OwnedResource;
import io.gatehouse.access.Ownership;
import io.gatehouse.change.ChangeOwnership;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A rollout belongs to whom its change belongs to. */
@Component
class RolloutOwnership implements OwnedResource {

    private final RolloutRows rows;
    private final ChangeOwnership changes;

    RolloutOwnership(RolloutRows rows, ChangeOwnership changes) {
        this.rows = rows;
        this.changes = changes;
    }

    @Override
    public String address() {
        return "/api/v1/rollouts";
    }

    @Override
    public Optional<Ownership> find(String number) {
        return rows.findIfPresent(number).map(this::of);
    }

    Ownership of(Rollout rollout) {
        Ownership change = changes.find(rollout.change()).orElseThrow();
        Set<String> numbers = new HashSet<>(change.numbers());
        numbers.add(rollout.number());
        return new Ownership(numbers, change.requesters(), change.teams(), change.environment());
    }
}
