package io.gatehouse.access;

import java.util.Optional;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;

/** How people sign in to this installation: with passwords kept here, or at an identity provider. */
public interface SignIn {

    /** Where people land who were not on their way to another page. */
    String START = "/camunda/app/tasklist/default/";

    /** Adds sign-in at {@code /sign-in} and sign-out at {@code /sign-out} to the pages and web applications. */
    void pages(HttpSecurity http) throws Exception;

    /** Adds what people prove themselves with on each call of the API, which knows no session. */
    void api(HttpSecurity http) throws Exception;

    /**
     * Looks again at whoever signed in some time ago.
     *
     * @return the person with their groups of now, empty if they may no longer come in
     */
    Optional<Authentication> recheck(Authentication signedIn);
}
