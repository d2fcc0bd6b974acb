package io.gatehouse.access;

import java.util.Optional;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.AuthenticationEntryPoint;

/** How people sign in to this installation: with passwords kept here, or at an identity provider. */
public interface SignIn {

    /** Where people land who were not on their way to another page. */
    String START = "/camunda/app/tasklist/default/";

    /** Adds sign-in at {@code /sign-in} and sign-out at {@code /sign-out} to the pages and web applications. */
    void pages(HttpSecurity http) throws Exception;

    /**
     * Adds what people prove themselves with on each call of the API, which knows no session.
     *
     * @param refusal answers whoever proves nothing
     */
    void api(HttpSecurity http, AuthenticationEntryPoint refusal) throws Exception;

    /** What a caller of the API who proved nothing is told to come with, in the words of {@code WWW-Authenticate}. */
    String challenge();

    /** Whether this node knows, without asking anybody, that what began with this sign-in has been ended. */
    default boolean isEnded(Authentication signedIn) {
        return false;
    }

    /**
     * Looks again at whoever signed in some time ago.
     *
     * @return the person with their groups of now, empty if they may no longer come in
     */
    Optional<Authentication> recheck(Authentication signedIn);
}
