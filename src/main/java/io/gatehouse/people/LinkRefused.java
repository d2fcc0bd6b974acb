package io.gatehouse.people;

import org.jspecify.annotations.Nullable;

/** A link that opens nothing: it never was one, or it was and is over. */
public class LinkRefused extends RuntimeException {

    private final transient @Nullable LinkSecret known;

    private LinkRefused(@Nullable LinkSecret known) {
        super("The link opens nothing");
        this.known = known;
    }

    static LinkRefused unknown() {
        return new LinkRefused(null);
    }

    static LinkRefused over(LinkSecret secret) {
        return new LinkRefused(secret);
    }

    /** Whether there was such a link. */
    public boolean isOver() {
        return known != null;
    }

    @Nullable
    LinkSecret known() {
        return known;
    }
}
