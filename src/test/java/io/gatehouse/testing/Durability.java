package io.gatehouse.testing;

import java.util.Locale;

/** What a MySQL is started for: whether its commits wait for the disk, and whether it is otherwise as it comes. */
enum Durability {
    FAST,
    DURABLE,
    STOCK;

    /** The word the start scripts know. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
