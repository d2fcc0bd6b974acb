/** Tools that call the API on their own: what they may do to which services, and the tokens they prove themselves by. */
@ApplicationModule(
        displayName = "Tool",
        allowedDependencies = {"access", "api", "audit", "catalog"})
@NullMarked
package io.gatehouse.tool;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
