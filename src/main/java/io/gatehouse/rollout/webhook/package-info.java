/** Deploy tools, and channels of communication plans, that are called over HTTP. */
@NullMarked
package io.gatehouse.rollout.webhook;

import org.jspecify.annotations.NullMarked;
