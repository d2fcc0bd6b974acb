package io.gatehouse.change;

import io.gatehouse.access.OwnedResource;
import io.gatehouse.access.Ownership;
import io.gatehouse.catalog.Services;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A change belongs to whoever raised it and to the teams of its services. */
@Component
public class ChangeOwnership implements OwnedResource {

    private record Row(String requester, String environment, @Nullable String service) {}

    private final JdbcClient jdbc;
    private final Services services;
    private final ChangeSurroundings surroundings;

    ChangeOwnership(JdbcClient jdbc, Services services, ChangeSurroundings surroundings) {
        this.jdbc = jdbc;
        this.services = services;
        this.surroundings = surroundings;
    }

    @Override
    public String address() {
        return "/api/v1/changes";
    }

    @Override
    public Optional<Ownership> find(String number) {
        OptionalLong id = ChangeNumber.idOf(number);
        return id.isPresent() ? read(id.getAsLong()) : Optional.empty();
    }

    private Optional<Ownership> read(long id) {
        List<Row> rows = jdbc.sql(
                        """
                        select c.requester, c.environment_key as environment, s.service_key as service
                        from change_request c left join change_service s on s.change_id = c.id where c.id = ?""")
                .param(id)
                .query(Row.class)
                .list();
        Set<String> keys = new HashSet<>();
        rows.stream().map(Row::service).filter(Objects::nonNull).forEach(keys::add);
        return rows.stream()
                .findFirst()
                .map(row -> new Ownership(
                        Set.of(ChangeNumber.of(id)),
                        Set.of(row.requester()),
                        services.ownerGroups(keys),
                        row.environment()));
    }

    /** Whose a change is or would be. */
    @Transactional(readOnly = true)
    public Ownership of(Change change) {
        return change.hasDetails()
                ? new Ownership(
                        Set.of(change.number()),
                        Set.of(change.requester()),
                        surroundings.of(change).owners(),
                        change.environment())
                : find(change.number()).orElseThrow();
    }

    /** Whose a change would be that is only being raised. */
    @Transactional(readOnly = true)
    public Ownership ofNew(String requester, ChangeContent content) {
        return new Ownership(
                Set.of(),
                Set.of(requester),
                surroundings.of(content.services(), content.environment()).owners(),
                content.environment());
    }
}
