package io.gatehouse.model;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model that somebody wants deployed.
 *
 * @param file name of the file, which is the id of its process or table
 * @param content the model as XML
 * @param sha256 digest of the content; whoever decides says which digest they looked at
 * @param why what it is good for, for whoever decides
 * @param version what the engine counts for this process or table, once deployed
 */
public record Proposal(
        long id,
        String file,
        String content,
        String sha256,
        String why,
        State state,
        String proposedBy,
        Instant proposedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String reason,
        @Nullable Integer version) {

    String fingerprint() {
        return Fingerprint.of(
                id, file, content, sha256, why, state, proposedBy, proposedAt, decidedBy, decidedAt, reason, version);
    }

    /** What became of it. */
    public enum State {
        PROPOSED,
        DEPLOYED,
        REJECTED
    }
}
