/** Spinnaker: executions of a pipeline. */
@NullMarked
package io.gatehouse.rollout.spinnaker;

import org.jspecify.annotations.NullMarked;
