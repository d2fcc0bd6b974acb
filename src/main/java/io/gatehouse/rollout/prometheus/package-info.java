/** Prometheus: numbers that a deployment must keep to, and canaries that are compared with a baseline. */
@NullMarked
package io.gatehouse.rollout.prometheus;

import org.jspecify.annotations.NullMarked;
