package io.gatehouse.access;

import org.springframework.security.core.AuthenticationException;

/** Knows the tokens of tools; a port, because tools belong to services and services to a module that needs this one. */
public interface ToolTokens {

    /** How every token begins, which tells it from every other kind of bearer token. */
    String PREFIX = "gh_";

    /**
     * Says which tool a token belongs to.
     *
     * @throws AuthenticationException when the token is unknown, expired or revoked, or its tool is disabled
     */
    ToolAuthentication signIn(String token);
}
