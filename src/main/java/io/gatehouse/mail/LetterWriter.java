package io.gatehouse.mail;

/** A module's part in its mails: it is asked what one says when it is sent. */
public interface LetterWriter {

    /** Whether mails of this kind are its own, such as {@code cab.MINUTES}. */
    boolean writes(String kind);

    /** @param about the id of what the mail tells about */
    Letter write(String kind, long about);
}
