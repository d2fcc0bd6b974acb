/** The conventions every resource under {@code /api/v1} keeps: problems, preconditions and pages. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.gatehouse.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
