package io.gatehouse.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Asks for the shared MySQL before anything else does, so that its absence is told once and clearly. */
final class MySqlExtension implements TestInstancePreConstructCallback, ParameterResolver {

    // Before the instance: that is when Spring builds the context that would otherwise fail to connect.
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        MissingResources.require(context, MySqlServer::shared);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MySqlServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return MissingResources.require(context, MySqlServer::shared);
    }
}
