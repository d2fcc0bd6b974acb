package io.gatehouse.mail;

/**
 * Who is told.
 *
 * @param name the id of a person, the name of a group or of a channel, or an address
 */
public record Recipient(Kind kind, String name) {

    /** How somebody is named. */
    public enum Kind {
        PERSON,
        /** Whoever is in it when the mail is sent. */
        GROUP,
        ADDRESS,
        /** It is posted there, and not mailed. */
        CHANNEL
    }

    public static Recipient person(String id) {
        return new Recipient(Kind.PERSON, id);
    }
}
