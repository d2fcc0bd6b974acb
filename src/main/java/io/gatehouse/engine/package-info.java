/**
 * The embedded process engine: how it is configured, what models may call, and how people's tasks are opened, shown
 * and completed. The only package that touches the engine's internals.
 */
@ApplicationModule(
        displayName = "Engine",
        allowedDependencies = {"access", "api", "audit"})
@NullMarked
package io.gatehouse.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
