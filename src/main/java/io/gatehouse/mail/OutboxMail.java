package io.gatehouse.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail, or what is posted to a channel, and what became of it.
 *
 * @param about the id of what it tells about
 * @param sentAt when the mail server or the channel took it
 * @param trouble why it was not sent the last time
 */
public record OutboxMail(
        String kind,
        long about,
        Recipient recipient,
        State state,
        int tries,
        @Nullable Instant sentAt,
        @Nullable String trouble) {

    /** What became of a mail. */
    public enum State {
        /** It is sent when its time has come. */
        WAITING,
        /** The mail server or the channel took it. */
        SENT,
        /** It is no longer tried. */
        FAILED,
        /** It is to a group, and each of its members gets one of their own. */
        HANDED_ON
    }
}
