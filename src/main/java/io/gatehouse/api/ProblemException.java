package io.gatehouse.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request that is refused, with the problem its client is told.
 *
 * <p>Modules throw it as it is or extend it where the refusal has a name of its own. It rolls back the transaction.
 */
public class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    private ProblemException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.detail());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** 400: the request is wrong whatever the state of the server. */
    public static ProblemException badRequest(String code, String title, String detail) {
        return of(HttpStatus.BAD_REQUEST, code, title, detail);
    }

    /** 400 {@code invalid-request}, naming one wrong field or parameter. */
    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new InvalidField(field, message)));
    }

    /** 400 {@code invalid-request}, naming the wrong fields or parameters. */
    public static ProblemException invalid(List<InvalidField> fields) {
        return new ProblemException(Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-request",
                        "Invalid request",
                        "Correct the listed fields and send the request again.")
                .withFields(fields));
    }

    /** 403: the caller is known and may not do this. */
    public static ProblemException forbidden(String code, String title, String detail) {
        return of(HttpStatus.FORBIDDEN, code, title, detail);
    }

    /** 404: there is no such thing. */
    public static ProblemException notFound(String code, String title, String detail) {
        return of(HttpStatus.NOT_FOUND, code, title, detail);
    }

    /** 409: the request contradicts the present state. */
    public static ProblemException conflict(String code, String title, String detail) {
        return of(HttpStatus.CONFLICT, code, title, detail);
    }

    public static ProblemException of(HttpStatus status, String code, String title, String detail) {
        return new ProblemException(Problem.of(status, code, title, detail));
    }

    /** The same refusal, telling the client in {@code Retry-After} (whole seconds) when to try again. */
    public ProblemException retryAfter(Duration pause) {
        return new ProblemException(problem, pause);
    }

    public Problem problem() {
        return problem;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
