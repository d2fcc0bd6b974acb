/** The append-only, hash-chained record of every decision and state change. */
@ApplicationModule(
        displayName = "Audit",
        allowedDependencies = {"access", "api"})
@NullMarked
package io.gatehouse.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
