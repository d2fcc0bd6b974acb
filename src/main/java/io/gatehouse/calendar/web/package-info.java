/** The API of freezes. */
@NullMarked
package io.gatehouse.calendar.web;

import org.jspecify.annotations.NullMarked;
