/** GitHub Actions: workflows that are started by hand or by an event. */
@NullMarked
package io.gatehouse.rollout.github;

import org.jspecify.annotations.NullMarked;
