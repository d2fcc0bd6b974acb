/** Kubernetes: images of Deployments, and the way back to the revision before. */
@NullMarked
package io.gatehouse.rollout.kubernetes;

import org.jspecify.annotations.NullMarked;
