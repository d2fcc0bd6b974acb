/**
 * Releases: what is put into production together, who leads it there, through which change it gets there, and the trains
 * whose schedule it keeps.
 */
@ApplicationModule(
        displayName = "Release",
        allowedDependencies = {
            "api",
            "access",
            "audit",
            "calendar",
            "catalog",
            "engine",
            "change",
            "change :: process",
            "mail",
            "rollout"
        })
@NullMarked
package io.gatehouse.release;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
