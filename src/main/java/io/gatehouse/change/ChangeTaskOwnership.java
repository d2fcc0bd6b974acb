package io.gatehouse.change;

import io.gatehouse.access.OwnedResource;
import io.gatehouse.access.Ownership;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A task of a change belongs to whom the change belongs to. */
@Component
class ChangeTaskOwnership implements OwnedResource {

    private final ChangeTaskRows rows;
    private final ChangeOwnership changes;

    ChangeTaskOwnership(ChangeTaskRows rows, ChangeOwnership changes) {
        this.rows = rows;
        this.changes = changes;
    }

    @Override
    public String address() {
        return "/api/v1/change-tasks";
    }

    @Override
    public Optional<Ownership> find(String number) {
        return ChangeTaskNumber.findId(number).stream()
                .boxed()
                .flatMap(id -> rows.find(id).stream())
                .findFirst()
                .flatMap(task -> changes.find(task.change())
                        .map(owned -> new Ownership(
                                Set.of(task.number()), owned.requesters(), owned.teams(), owned.environment())));
    }
}
