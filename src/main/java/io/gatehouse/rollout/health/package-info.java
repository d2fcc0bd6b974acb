/** Health checks: what an address answers after a deployment. */
@NullMarked
package io.gatehouse.rollout.health;

import org.jspecify.annotations.NullMarked;
