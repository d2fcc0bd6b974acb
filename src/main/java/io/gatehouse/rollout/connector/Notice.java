package io.gatehouse.rollout.connector;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message that a tool sends by itself when something has changed there. It is worth only what its proof is worth: the
 * body is not read but for that.
 *
 * @param header the value of a header, null without one
 */
public record Notice(Function<String, @Nullable String> header, byte[] body) {}
