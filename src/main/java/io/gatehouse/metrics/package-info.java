/** Numbers for whoever watches an installation; which ones there are is said by the modules they are about. */
@ApplicationModule(
        displayName = "Metrics",
        allowedDependencies = {})
@NullMarked
package io.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
