/** The API of break-glass. */
@NullMarked
package io.gatehouse.breakglass.web;

import org.jspecify.annotations.NullMarked;
