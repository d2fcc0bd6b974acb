/** Who somebody is and which roles they have: sign-in, people, groups, and the person on whose behalf a call runs. */
@ApplicationModule(
        displayName = "Access",
        allowedDependencies = {"api"})
@NullMarked
package io.gatehouse.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
