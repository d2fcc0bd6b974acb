/** What the change processes ask the calendar. */
@NullMarked
package io.gatehouse.calendar.process;

import org.jspecify.annotations.NullMarked;
