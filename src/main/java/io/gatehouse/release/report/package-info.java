/** Budget, progress and the status report of releases. */
@NullMarked
package io.gatehouse.release.report;

import org.jspecify.annotations.NullMarked;
