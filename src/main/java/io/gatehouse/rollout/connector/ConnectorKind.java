package io.gatehouse.rollout.connector;

import java.util.function.BiFunction;

/**
 * A kind of connector, whose settings stand below {@code gatehouse.connectors.<connector>.<kind>}.
 *
 * @param name of the kind, as operators write it
 * @param settings what can be set; a component must be given, and has an {@link Example}, unless it has a default or may
 *     be null
 * @param connect makes a connector of its name and settings; throws {@link InvalidSetting}, or another
 *     {@link IllegalArgumentException} if it is about several settings
 */
public record ConnectorKind<S extends Record>(
        String name, Class<S> settings, BiFunction<String, S, Connector> connect) {}
