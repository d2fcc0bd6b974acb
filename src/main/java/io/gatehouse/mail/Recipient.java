package io.gatehouse.mail;

/**
 * Who gets a mail.
 *
 * @param name the id of a person, the name of a group, or an address
 */
public record Recipient(Kind kind, String name) {

    /** How somebody is named. */
    public enum Kind {
        PERSON,
        /** Whoever is in it when the mail is sent. */
        GROUP,
        ADDRESS
    }

    public static Recipient person(String id) {
        return new Recipient(Kind.PERSON, id);
    }
}
