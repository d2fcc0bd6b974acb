package io.gatehouse.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The body of every answer that is not a success: problem details as in RFC 9457.
 *
 * @param type stable name of the kind of problem, {@code urn:gatehouse:problem:<code>}; clients branch on it
 * @param title the kind of problem in a few words, the same for every problem of a type
 * @param status the HTTP status
 * @param detail what happened and what the client can do about it
 * @param instance this very occurrence, {@code urn:uuid:…}, when the server's log says more
 * @param fields the fields that are wrong, when fields are
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        URI type, String title, int status, String detail, @Nullable URI instance, List<InvalidField> fields) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Describes a problem of the type {@code urn:gatehouse:problem:<code>}. */
    public static Problem of(HttpStatus status, String code, String title, String detail) {
        return new Problem(typeOf(code), title, status.value(), detail, null, List.of());
    }

    /** The same problem, naming the fields that are wrong. */
    public Problem withFields(List<InvalidField> wrong) {
        return new Problem(type, title, status, detail, instance, List.copyOf(wrong));
    }

    /** The same problem, naming its occurrence. */
    public Problem withInstance(URI occurrence) {
        return new Problem(type, title, status, detail, occurrence, fields);
    }

    private static URI typeOf(String code) {
        return URI.create("urn:gatehouse:problem:" + code);
    }
}
