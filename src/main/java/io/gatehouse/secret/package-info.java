/** Secrets that Gatehouse needs towards others, such as tokens of deploy tools: encrypted with a key that is elsewhere. */
@ApplicationModule(
        displayName = "Secret",
        allowedDependencies = {"access", "api", "audit"})
@NullMarked
package io.gatehouse.secret;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
