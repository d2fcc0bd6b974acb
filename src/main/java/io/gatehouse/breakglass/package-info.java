/**
 * Break-glass: how somebody in need does by hand what nobody may, with a second person, for a short time, once, and on
 * record.
 */
@ApplicationModule(
        displayName = "Break-glass",
        allowedDependencies = {"api", "access", "audit", "engine", "calendar"})
@NullMarked
package io.gatehouse.breakglass;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
