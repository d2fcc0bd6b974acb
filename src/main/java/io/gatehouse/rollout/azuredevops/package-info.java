/** Azure DevOps: runs of pipelines. */
@NullMarked
package io.gatehouse.rollout.azuredevops;

import org.jspecify.annotations.NullMarked;
