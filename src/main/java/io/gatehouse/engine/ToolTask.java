package io.gatehouse.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service task of type external that a token has just entered: a box that has a tool do something and waits.
 *
 * @param number the business key of its process, as {@code ROL-000007}
 * @param activity id of the box in its model
 * @param name label of the box
 * @param handler id of the box that undoes it, if it has one
 * @param properties what the element template wrote into the model
 */
public record ToolTask(
        String number, String activity, String name, @Nullable String handler, Map<String, String> properties) {}
