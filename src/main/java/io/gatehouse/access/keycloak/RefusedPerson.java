package io.gatehouse.access.keycloak;

/** Somebody whom Keycloak vouches for and whom Gatehouse does not let in all the same; the message says to them why. */
final class RefusedPerson extends RuntimeException {

    /** Why, for the audit trail. */
    enum Reason {
        /** The name is reserved, too long, or written in a way that ids are not. */
        NAME_UNFIT,
        /** The name belongs to another account. */
        NAME_OF_ANOTHER_ACCOUNT,
        /** The account has had another name before. */
        ACCOUNT_RENAMED,
        /** Administration and approval in one hand. */
        ADMIN_AND_APPROVER,
        /** A program in a group that approves or administers. */
        PROGRAM_WITH_POWERS
    }

    private final Reason reason;
    private final transient TokenSubject subject;

    RefusedPerson(Reason reason, TokenSubject subject, String sentence) {
        super(sentence);
        this.reason = reason;
        this.subject = subject;
    }

    Reason reason() {
        return reason;
    }

    TokenSubject subject() {
        return subject;
    }
}
