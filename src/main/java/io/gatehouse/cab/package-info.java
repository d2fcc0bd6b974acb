/** Boards that decide about changes: who sits on them, when they meet, what they look at, what they decided. */
@ApplicationModule(
        displayName = "Boards",
        allowedDependencies = {"api", "access", "audit", "catalog", "engine", "change", "change :: process", "mail"})
@NullMarked
package io.gatehouse.cab;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
