package io.gatehouse.access.keycloak;

import io.gatehouse.access.ToolTokens;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/** Takes a bearer token from the header and from nowhere else, and leaves those of tools to whoever knows them. */
final class AccessTokensOnly implements BearerTokenResolver {

    private final DefaultBearerTokenResolver header = new DefaultBearerTokenResolver();

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String token = header.resolve(request);
        return token == null || token.startsWith(ToolTokens.PREFIX) ? null : token;
    }
}
