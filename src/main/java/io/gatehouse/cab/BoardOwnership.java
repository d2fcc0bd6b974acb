package io.gatehouse.cab;

import io.gatehouse.access.OwnedResource;
import io.gatehouse.access.Ownership;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A board is its members' and delegates': what they may do on their own behalf. */
@Component
class BoardOwnership implements OwnedResource {

    private final BoardRepository rows;

    BoardOwnership(BoardRepository rows) {
        this.rows = rows;
    }

    @Override
    public String address() {
        return "/api/v1/boards";
    }

    @Override
    public Optional<Ownership> find(String key) {
        return rows.findById(key).map(board -> new Ownership(Set.of(), board.people(), Map.of(), null));
    }
}
