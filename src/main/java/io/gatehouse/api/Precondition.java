package io.gatehouse.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;

/**
 * What a client expects of the resource it writes, as an argument of every controller method that updates one.
 *
 * <p>{@code If-Match} names the version it read, so nobody's update is lost; {@code If-None-Match: *} says that the
 * resource must not exist yet. A request with neither is refused with 428 before the controller runs.
 */
public final class Precondition {

    private final List<ETag> expected;
    private final boolean absent;

    private Precondition(List<ETag> expected, boolean absent) {
        this.expected = expected;
        this.absent = absent;
    }

    /** Reads the two headers as the client sent them. */
    public static Precondition parse(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch == null && "*".equals(ifNoneMatch)) {
            return new Precondition(List.of(), true);
        }
        if (ifMatch == null) {
            throw ProblemException.of(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "precondition-required",
                    "Precondition required",
                    "Read the resource and send its ETag in 'If-Match', or 'If-None-Match: *' to create it.");
        }
        return new Precondition(tagsOf(ifMatch), false);
    }

    /** Refuses with 412 unless the existing resource has the version the client expects. */
    public void check(long version) {
        if (absent) {
            throw failed("The resource exists already; read it and send its ETag in 'If-Match' to update it.");
        }
        if (expected.stream().noneMatch(tag -> matches(tag, version))) {
            throw failed("The resource has changed since it was read; read it again and repeat the update on that.");
        }
    }

    /** Refuses with 412 unless the client expects that the resource does not exist. */
    public void checkAbsent() {
        if (!absent) {
            throw failed("The resource does not exist; send 'If-None-Match: *' to create it.");
        }
    }

    private static boolean matches(ETag tag, long version) {
        return tag.isWildcard() || !tag.weak() && tag.tag().equals(Long.toString(version));
    }

    private static List<ETag> tagsOf(String header) {
        List<ETag> tags = ETag.parse(header);
        if (tags.isEmpty()) {
            throw ProblemException.invalid("If-Match", "must be an entity tag in double quotes, such as \"3\"");
        }
        return tags;
    }

    private static ProblemException failed(String detail) {
        return ProblemException.of(
                HttpStatus.PRECONDITION_FAILED, "precondition-failed", "Precondition failed", detail);
    }
}
