/** GitHub: workflows that are started by hand or by an event, and deployments that somebody carries out. */
@NullMarked
package io.gatehouse.rollout.github;

import org.jspecify.annotations.NullMarked;
