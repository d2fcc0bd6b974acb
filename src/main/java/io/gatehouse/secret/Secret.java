package io.gatehouse.secret;

import java.time.Instant;
import java.util.SortedSet;

/**
 * What may be known about a stored secret: everything but its value.
 *
 * @param version 1 when it was stored for the first time
 * @param keyId id of the key it is encrypted with
 * @param readable whether this node has that key
 * @param changedBy id of who gave it its value
 * @param usedBy what uses it, as the settings of this node say: {@code connector:deploy-web}
 */
public record Secret(
        String name,
        long version,
        String keyId,
        boolean readable,
        String changedBy,
        Instant changedAt,
        SortedSet<String> usedBy) {}
