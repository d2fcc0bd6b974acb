package io.gatehouse.change;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of evidence on file.
 *
 * @param url where it is to be read
 * @param digest of what is to be read there, as whoever filed it says
 * @param current whether it is about the services and versions that the change brings now; else it proves nothing
 * @param providedBy the person or tool that filed it
 */
public record Evidence(
        long id,
        EvidenceKind kind,
        String url,
        @Nullable String digest,
        Result result,
        boolean current,
        String providedBy,
        Instant providedAt) {

    /** What it says. */
    public enum Result {
        PASSED,
        FAILED
    }
}
