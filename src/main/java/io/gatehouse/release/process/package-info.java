/** What the process of a release has the code do. */
@NullMarked
package io.gatehouse.release.process;

import org.jspecify.annotations.NullMarked;
