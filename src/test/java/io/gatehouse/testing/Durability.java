package io.gatehouse.testing;

import java.util.Locale;

/** Whether a test's commit waits for the disk. */
enum Durability {
    FAST,
    DURABLE;

    /** The word the start scripts know. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
