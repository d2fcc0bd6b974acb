/** What the process of break-glass calls: its delegate and the server's side of its forms. */
@NullMarked
package io.gatehouse.breakglass.process;

import org.jspecify.annotations.NullMarked;
