/** Sends every operation of the API what it does not expect. */
@NullMarked
package io.gatehouse.malformed;

import org.jspecify.annotations.NullMarked;
