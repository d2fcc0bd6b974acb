/** Gatehouse, a change and release management service; each sub-package is one capability. */
@NullMarked
package io.gatehouse;

import org.jspecify.annotations.NullMarked;
