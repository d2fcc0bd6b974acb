package io.gatehouse.change;

/** What a template may leave to whoever raises a change from it; everything else but the window is fixed by it. */
public enum OpenField {
    /** Why this time; free text. */
    DESCRIPTION,
    /** Tickets and evidence. */
    LINKS,
    /** Which version, and which digest, its service gets. */
    ARTIFACTS;

    /** As it is called in a request. */
    public String field() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
