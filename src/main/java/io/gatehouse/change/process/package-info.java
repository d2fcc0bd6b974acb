/** What the change processes call: delegates and the server's side of their forms. */
@NamedInterface("process")
@NullMarked
package io.gatehouse.change.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
