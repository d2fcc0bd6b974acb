package io.gatehouse.release;

import org.jspecify.annotations.Nullable;

/**
 * Something happened with a release that people may want to hear of. Published in the transaction that makes it so, by
 * whoever has locked the release.
 *
 * @param stage which stage it has passed, where that is the moment
 */
public record ReleaseReached(Release release, Moment moment, @Nullable String stage) {

    ReleaseReached(Release release, Moment moment) {
        this(release, moment, null);
    }
}
