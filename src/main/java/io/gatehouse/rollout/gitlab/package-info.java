/** GitLab: pipelines. */
@NullMarked
package io.gatehouse.rollout.gitlab;

import org.jspecify.annotations.NullMarked;
