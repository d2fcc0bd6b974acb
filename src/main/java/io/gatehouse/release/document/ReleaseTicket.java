package io.gatehouse.release.document;

import org.jspecify.annotations.Nullable;

/**
 * Something that an item of a package brings.
 *
 * @param service the key of the item's service
 * @param key what people call it: the key of a ticket, the hash of a commit
 * @param url where more is said about it
 */
public record ReleaseTicket(String service, Kind kind, String key, String title, @Nullable String url) {

    /** Where it is kept. */
    public enum Kind {
        TICKET,
        COMMIT
    }
}
