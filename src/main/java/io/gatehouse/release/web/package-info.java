/** The API of releases. */
@NullMarked
package io.gatehouse.release.web;

import org.jspecify.annotations.NullMarked;
