package io.gatehouse.mail;

import org.jspecify.annotations.Nullable;

/** Where something is told other than by mail, such as the room of a chat. */
public interface Channel {

    /** It is not known to have arrived; the message says why, without anything that is secret. */
    class NotPosted extends Exception {

        public NotPosted(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    /** What plans call it. */
    String name();

    /**
     * Posts a letter, outside of any transaction.
     *
     * @param id of this letter in this channel: the same for each repetition
     * @throws NotPosted if it has to be tried again
     */
    void post(String id, Letter letter) throws NotPosted;
}
