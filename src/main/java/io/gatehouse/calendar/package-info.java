/** When changes may start: freezes, conflicts, and the wait for a window. */
@ApplicationModule(
        displayName = "Calendar",
        allowedDependencies = {"api", "access", "audit", "engine", "catalog", "change"})
@NullMarked
package io.gatehouse.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
