package io.gatehouse.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Asks for the shared Keycloak before anything else does, so that its absence is told once and clearly. */
final class KeycloakExtension implements TestInstancePreConstructCallback, ParameterResolver {

    // Before the instance: that is when Spring builds the context that would otherwise wait for it.
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        MissingResources.require(context, KeycloakServer::shared);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KeycloakServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return MissingResources.require(context, KeycloakServer::shared);
    }
}
