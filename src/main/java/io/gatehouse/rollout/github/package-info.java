/** GitHub Actions: workflows that are started by hand. */
@NullMarked
package io.gatehouse.rollout.github;

import org.jspecify.annotations.NullMarked;
