package io.gatehouse.secret.web;

import io.gatehouse.secret.Secret;
import java.time.Instant;
import java.util.SortedSet;

/** A secret as the API shows it: without its value. */
record SecretRepresentation(
        String name,
        long version,
        String keyId,
        boolean readable,
        String changedBy,
        Instant changedAt,
        SortedSet<String> usedBy) {

    static SecretRepresentation of(Secret secret) {
        return new SecretRepresentation(
                secret.name(),
                secret.version(),
                secret.keyId(),
                secret.readable(),
                secret.changedBy(),
                secret.changedAt(),
                secret.usedBy());
    }
}
