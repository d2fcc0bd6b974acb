package io.gatehouse.change;

/** What the vote of a board about a change came to; the later, the stricter. */
public enum BoardOutcome {
    APPROVED,
    /** It may start once everything that was demanded is met. */
    APPROVED_WITH_CONDITIONS,
    /** Nothing is decided; the chair says how it goes on. */
    DEFERRED,
    REJECTED;

    public boolean approves() {
        return this == APPROVED || this == APPROVED_WITH_CONDITIONS;
    }
}
