package io.gatehouse.release.communication;

import io.gatehouse.mail.Recipient;

/**
 * Who hears something.
 *
 * @param name a role, a team, or a mail address
 */
public record Audience(Kind kind, String name) {

    /** How they are named. */
    public enum Kind {
        ROLE,
        TEAM,
        ADDRESS
    }

    Recipient recipient() {
        return new Recipient(kind == Kind.ADDRESS ? Recipient.Kind.ADDRESS : Recipient.Kind.GROUP, name);
    }
}
