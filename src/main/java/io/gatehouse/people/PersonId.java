package io.gatehouse.people;

import java.util.Optional;
import java.util.Set;

/**
 * What may be the id of a person. Records count people by it for ever, so it must be one thing to every database and to
 * every reader: no capitals and no letters that look like others, no space at its end.
 */
public final class PersonId {

    /** Regular expression of an id. */
    public static final String PATTERN = "[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?";

    /** What is told about text that is no id. */
    public static final String MESSAGE = "must be 1 to 64 of a-z, 0-9, dots, hyphens and underscores, beginning and "
            + "ending with a letter or digit";

    /** Who acts when no person does, or looks in a record as if. */
    static final Set<String> RESERVED =
            Set.of("nobody", "gatehouse", "system", "anonymous", "unknown", "tool", "null", "camunda", "camunda-admin");

    private PersonId() {}

    /** Why nobody new may be called so, in words that follow "The name"; empty if somebody may. */
    static Optional<String> objection(String id) {
        if (!id.matches(PATTERN)) {
            return Optional.of(MESSAGE);
        }
        return RESERVED.contains(id) ? Optional.of("is kept for Gatehouse itself; take another") : Optional.empty();
    }
}
