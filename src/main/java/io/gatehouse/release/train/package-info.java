/** Trains: the schedule that releases keep, with milestones, cut-off and freezes. */
@NullMarked
package io.gatehouse.release.train;

import org.jspecify.annotations.NullMarked;
