package io.gatehouse.release;

import java.util.Collection;

/** Knows who has written something that belongs to a release, and so does not approve its changes. */
public interface ReleaseAuthors {

    /** The ids of those people. */
    Collection<String> authors(Release release);
}
