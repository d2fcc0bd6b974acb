/** Argo CD: syncs of an application, and the way back to an earlier one. */
@NullMarked
package io.gatehouse.rollout.argocd;

import org.jspecify.annotations.NullMarked;
