package io.gatehouse.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.engine.rest.security.auth.impl.ContainerBasedAuthenticationProvider;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Tells the engine's web applications who is signed in. They make it themselves, from its name, for each application.
 */
public class WebappPerson extends ContainerBasedAuthenticationProvider {

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        Authentication person = SecurityContextHolder.getContext().getAuthentication();
        return person == null || person instanceof AnonymousAuthenticationToken || !isKnown(person.getName(), engine)
                ? AuthenticationResult.unsuccessful()
                : AuthenticationResult.successful(person.getName());
    }

    /** The applications fail on somebody whom the engine's identity provider does not know. */
    private static boolean isKnown(String id, ProcessEngine engine) {
        return engine.getIdentityService().createUserQuery().userId(id).count() == 1;
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // Whoever comes here has signed in at our page; there is nothing more to ask for.
    }
}
