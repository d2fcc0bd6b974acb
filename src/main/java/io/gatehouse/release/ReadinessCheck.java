package io.gatehouse.release;

import java.util.List;

/** Part of what is looked at to say how ready a release is; all of them together are asked in {@code @Order}. */
public interface ReadinessCheck {

    /** Each criterion that concerns this release, whether it is met or not. */
    List<ReadinessItem> of(Release release);
}
