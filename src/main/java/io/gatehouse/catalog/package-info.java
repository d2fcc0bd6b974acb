/** Services, their tier, owner, compliance scopes and dependencies; environments and what is deployed in them. */
@ApplicationModule(
        displayName = "Catalog",
        allowedDependencies = {"access", "api", "audit"})
@NullMarked
package io.gatehouse.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
