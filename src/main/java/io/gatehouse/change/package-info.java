/** Change requests: what is to be changed, how risky it is, who authorised it, when it may start and how it ended. */
@ApplicationModule(
        displayName = "Change",
        allowedDependencies = {"api", "access", "audit", "catalog", "engine", "metrics", "model", "tool"})
@NullMarked
package io.gatehouse.change;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
