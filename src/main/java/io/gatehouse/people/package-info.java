/** The people of an installation that keeps them itself: who adds and disables them, and how they get their passwords. */
@ApplicationModule(
        displayName = "People",
        allowedDependencies = {"access", "api", "audit"})
@NullMarked
package io.gatehouse.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
