/** The doors of the engine's own web applications and of the tasks: what may pass from the outside, and how. */
@NullMarked
package io.gatehouse.engine.web;

import org.jspecify.annotations.NullMarked;
