/**
 * Putting a change into production: plans, the ledger of what really ran, commands to deploy tools, their callbacks,
 * and rollback in exact reverse.
 */
@ApplicationModule(
        displayName = "Rollout",
        allowedDependencies = {
            "api",
            "access",
            "audit",
            "engine",
            "catalog",
            "change",
            "change :: process",
            "mail",
            "metrics",
            "secret"
        })
@NullMarked
package io.gatehouse.rollout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
