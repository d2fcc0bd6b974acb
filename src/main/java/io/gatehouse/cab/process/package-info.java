/** What the processes of boards call: delegates and the server's side of their forms. */
@NullMarked
package io.gatehouse.cab.process;

import org.jspecify.annotations.NullMarked;
