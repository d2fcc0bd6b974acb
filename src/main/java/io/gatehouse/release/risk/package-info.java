/** The register of risks and issues of a release. */
@NullMarked
package io.gatehouse.release.risk;

import org.jspecify.annotations.NullMarked;
