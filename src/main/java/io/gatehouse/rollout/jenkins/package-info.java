/** Jenkins: builds with parameters. */
@NullMarked
package io.gatehouse.rollout.jenkins;

import org.jspecify.annotations.NullMarked;
