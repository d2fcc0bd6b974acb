package io.gatehouse.release.communication;

import io.gatehouse.mail.Recipient;

/**
 * Who hears something.
 *
 * @param name a role, a team, a mail address, or a channel of the operator's settings
 */
public record Audience(Kind kind, String name) {

    /** How they are named. */
    public enum Kind {
        ROLE,
        TEAM,
        ADDRESS,
        CHANNEL
    }

    Recipient recipient() {
        return new Recipient(
                switch (kind) {
                    case ROLE, TEAM -> Recipient.Kind.GROUP;
                    case ADDRESS -> Recipient.Kind.ADDRESS;
                    case CHANNEL -> Recipient.Kind.CHANNEL;
                },
                name);
    }
}
