/**
 * Walks the table of permissions, read here without a line of the code that enforces it, and tries every cell of it at
 * the doors.
 */
@NullMarked
package io.gatehouse.permissions;

import org.jspecify.annotations.NullMarked;
