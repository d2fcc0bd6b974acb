/** Kills the product while people and pipelines work with it, and looks whether anything was lost or done twice. */
@NullMarked
package io.gatehouse.crash;

import org.jspecify.annotations.NullMarked;
