package io.gatehouse.calendar.web;

import io.gatehouse.calendar.Freeze;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A freeze as the API shows it. */
record FreezeRepresentation(
        long id,
        String name,
        String reason,
        Instant startsAt,
        Instant endsAt,
        @Nullable String service,
        @Nullable String environment) {

    static FreezeRepresentation of(Freeze freeze) {
        return new FreezeRepresentation(
                freeze.storedId(),
                freeze.name(),
                freeze.reason(),
                freeze.startsAt(),
                freeze.endsAt(),
                freeze.serviceKey(),
                freeze.environmentKey());
    }
}
