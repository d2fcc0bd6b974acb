package io.gatehouse.release;

import java.util.Optional;

/** Something that may keep a release from entering a stage. */
interface StageGate {

    /** The name of the last stage of every release, which is entered when its seats let it go. */
    String PRODUCTION = "production";

    /** Why it cannot enter the stage yet, as a sentence for whoever waits; empty if it can. */
    Optional<String> whyNot(Release release, String stage);
}
