package io.gatehouse.calendar;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A period in which no change may start in a scope.
 *
 * @param startsAt the first moment of the freeze
 * @param endsAt the first moment after it
 * @param serviceKey the service it is about; all services when absent
 * @param environmentKey the environment it is about; all environments when absent
 */
@Table("freeze_period")
public record Freeze(
        @Id @Nullable Long id,
        @Version long version,
        String name,
        String reason,
        Instant startsAt,
        Instant endsAt,
        @Nullable String serviceKey,
        @Nullable String environmentKey) {

    /** The number people say, given when the freeze is stored. */
    public long storedId() {
        return Objects.requireNonNull(id);
    }

    /** Whether one of the services, and the environment, are in the scope of this freeze. */
    boolean concerns(String environment, Set<String> services) {
        return (serviceKey == null || services.contains(serviceKey))
                && (environmentKey == null || environmentKey.equals(environment));
    }

    boolean isInForceAt(Instant moment) {
        return !moment.isBefore(startsAt) && moment.isBefore(endsAt);
    }

    String fingerprint() {
        return Fingerprint.of(id, version, name, reason, startsAt, endsAt, serviceKey, environmentKey);
    }

    String sentence() {
        return "Freeze \"" + name + "\" from " + startsAt + " to " + endsAt + " (" + reason + ")";
    }
}
