package io.gatehouse.release;

/**
 * A stage of a release.
 *
 * @param release its number
 */
record StagePoint(String release, String stage) {

    /** As people say it: {@code REL-2026-017 staging}. */
    String words() {
        return release + " " + stage;
    }
}
