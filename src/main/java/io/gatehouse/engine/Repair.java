package io.gatehouse.engine;

import io.gatehouse.api.ProblemException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is done by hand to the process of one number, said so exactly that a second person knows what they let
 * happen.
 *
 * @param at the box or event it is about, by its id in the diagram: {@code Activity_OpenRollout}; or the number of a freeze
 * @param to the box or event the token is moved to, or the version of the model the process is brought to
 * @param variable the name of a variable
 * @param value what the variable is to hold, as text
 */
public record Repair(
        Kind kind, @Nullable String at, @Nullable String to, @Nullable String variable, @Nullable String value) {

    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,8}");

    private static final Pattern FREEZE = Pattern.compile("[1-9]\\d{0,17}");

    /** What is done. */
    public enum Kind {
        /** Lets the failed jobs of a box be tried again. */
        SET_RETRIES("at"),
        /** Takes the token out of a box and puts it before another. */
        MOVE_TOKEN("at", "to"),
        /** Gives a variable that exists another value. */
        SET_VARIABLE("variable", "value"),
        /** Throws away the failed jobs of a box, so that its token stays where it is. */
        DELETE_JOB("at"),
        /** Ends the process where it stands. */
        DELETE_PROCESS,
        /** Brings the process to a later version of its model. */
        MIGRATE("to"),
        /** Touches no process: the change is made in spite of the freeze with this number. */
        OVERRIDE_FREEZE("at");

        private final Set<String> details;

        Kind(String... details) {
            this.details = Set.of(details);
        }
    }

    /**
     * Refuses what does not say exactly what its kind needs to know.
     *
     * @param field what the client calls this repair
     * @throws ProblemException invalid
     */
    public void check(String field) {
        Map<String, String> given = details();
        if (!given.keySet().equals(kind.details)) {
            throw ProblemException.invalid(
                    field,
                    kind.details.isEmpty()
                            ? kind + " needs nothing else"
                            : kind + " needs "
                                    + kind.details.stream().sorted().collect(Collectors.joining("' and '", "'", "'"))
                                    + " and nothing else");
        }
        if (at != null && at.equals(to)) {
            throw ProblemException.invalid(field, "'to' must be another place than 'at'");
        }
        if (at != null && FREEZE.matcher(at).matches() != (kind == Kind.OVERRIDE_FREEZE)) {
            throw ProblemException.invalid(
                    field,
                    "'at' must be " + (kind == Kind.OVERRIDE_FREEZE ? "the number of a freeze" : "a box or event"));
        }
        if (to != null && VERSION.matcher(to).matches() != (kind == Kind.MIGRATE)) {
            throw ProblemException.invalid(
                    field, "'to' must be " + (kind == Kind.MIGRATE ? "the number of a version" : "a box or event"));
        }
    }

    /** What is said about it, by name. */
    public Map<String, String> details() {
        Map<String, String> details = new TreeMap<>();
        put(details, "at", at);
        put(details, "to", to);
        put(details, "variable", variable);
        put(details, "value", value);
        return details;
    }

    private static void put(Map<String, String> details, String name, @Nullable String value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    /** The number of the freeze that is overridden. */
    public long freeze() {
        return Long.parseLong(place());
    }

    String place() {
        return Objects.requireNonNull(at, "at");
    }

    String destination() {
        return Objects.requireNonNull(to, "to");
    }

    String variableName() {
        return Objects.requireNonNull(variable, "variable");
    }

    String text() {
        return Objects.requireNonNull(value, "value");
    }
}
