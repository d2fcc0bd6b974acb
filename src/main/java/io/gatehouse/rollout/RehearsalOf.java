package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.change.Change;
import java.util.stream.Stream;

/**
 * What a rehearsal tries out, as it was when it began.
 *
 * @param change the number of the change
 * @param plan the fingerprint of its plan
 * @param brings the fingerprint of what it brings
 * @param environment where it is tried out
 */
public record RehearsalOf(String change, String plan, String brings, String environment) {

    /** @param change with its details */
    static RehearsalOf of(Change change, String plan, String environment) {
        return new RehearsalOf(change.number(), plan, brings(change), environment);
    }

    /**
     * The fingerprint of the services and versions of a change, wherever they are put.
     *
     * @param change with its details
     */
    static String brings(Change change) {
        return Fingerprint.of(
                change.services().size(),
                change.services().stream().toList(),
                change.artifacts().stream()
                        .flatMap(artifact -> Stream.of(artifact.service(), artifact.version(), artifact.digest()))
                        .toList());
    }
}
