/** Mail and other channels: what other modules have somebody told, sent after what it tells is committed, and what became of it. */
@ApplicationModule(
        displayName = "Mail",
        allowedDependencies = {"access"})
@NullMarked
package io.gatehouse.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
