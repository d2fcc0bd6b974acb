/** Rollouts, their plans and the callbacks of deploy tools over HTTP. */
@NullMarked
package io.gatehouse.rollout.web;

import org.jspecify.annotations.NullMarked;
