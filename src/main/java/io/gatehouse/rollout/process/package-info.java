/** What the models of rollouts call, and the server's side of their user tasks. */
@NullMarked
package io.gatehouse.rollout.process;

import org.jspecify.annotations.NullMarked;
