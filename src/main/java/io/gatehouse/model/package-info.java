/** What process owners draw: how a model comes in, what it must keep, and who lets it run. */
@ApplicationModule(
        displayName = "Model",
        allowedDependencies = {"api", "access", "audit", "engine"})
@NullMarked
package io.gatehouse.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
