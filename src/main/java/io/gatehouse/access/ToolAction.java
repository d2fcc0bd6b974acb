package io.gatehouse.access;

import java.util.Locale;

/** What a tool may be allowed to do; nothing in it approves, reviews or decides, and a tool can do nothing else. */
public enum ToolAction {
    /** Reads changes, rollouts, tasks, freezes and the catalog. */
    READ,
    /** Raises, plans, submits, rewrites, holds and cancels changes of its own. */
    RAISE_CHANGES,
    /** Reports how the implementation of a change went. */
    REPORT_IMPLEMENTATION,
    /** Records what came of tests of a release in its stages. */
    RECORD_TESTS,
    /** Asks for a rollout to be undone. */
    ROLL_BACK,
    /** Reads health and numbers at the management port, which are those of the whole installation. */
    MONITOR;

    /** In words, as in "raise changes". */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
