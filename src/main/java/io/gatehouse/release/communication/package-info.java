/** Who hears what of a release, and the record of what was told. */
@NullMarked
package io.gatehouse.release.communication;

import org.jspecify.annotations.NullMarked;
