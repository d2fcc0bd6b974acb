/** Deploy tools that are called over HTTP. */
@NullMarked
package io.gatehouse.rollout.webhook;

import org.jspecify.annotations.NullMarked;
