/** The API of boards and their meetings. */
@NullMarked
package io.gatehouse.cab.web;

import org.jspecify.annotations.NullMarked;
