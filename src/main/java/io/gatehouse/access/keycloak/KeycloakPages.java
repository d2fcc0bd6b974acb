package io.gatehouse.access.keycloak;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** The pages to come in and to go: before Keycloak's, and after them. */
@Controller
@Profile("keycloak")
class KeycloakPages {

    private static final String DEFAULT_SENTENCE = "That sign-in did not succeed. Try it again.";

    private final KeycloakProperties keycloak;

    KeycloakPages(KeycloakProperties keycloak) {
        this.keycloak = keycloak;
    }

    /** Waits for a click, also after a refusal: Keycloak would send the same account back at once. */
    @GetMapping("/sign-in")
    String signIn(HttpServletRequest request, Model model) {
        model.addAttribute("begin", KeycloakSignIn.BEGIN);
        model.addAttribute("sentence", sentence(request).orElse(DEFAULT_SENTENCE));
        model.addAttribute("signOutAtKeycloak", signOutAtKeycloak());
        model.addAttribute(
                "mayBeSignedInThere",
                request.getParameter("refused") != null || request.getParameter("signed-out-here") != null);
        return "access/keycloak-sign-in";
    }

    private static Optional<String> sentence(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Optional<String> sentence = Optional.ofNullable(session)
                .map(found -> found.getAttribute(SignInFailures.SENTENCE))
                .map(String::valueOf);
        sentence.ifPresent(told -> session.removeAttribute(SignInFailures.SENTENCE));
        return sentence;
    }

    /** Keycloak's own page, which asks whoever comes without a token. */
    private String signOutAtKeycloak() {
        return UriComponentsBuilder.fromUri(keycloak.endpoint("logout"))
                .queryParam(OAuth2ParameterNames.CLIENT_ID, keycloak.clientId())
                .queryParam("post_logout_redirect_uri", "{back}")
                .encode()
                .buildAndExpand(
                        ServletUriComponentsBuilder.fromCurrentContextPath().build() + "/sign-in?signed-out")
                .toUriString();
    }

    /** Asks before it ends the session: a link of somebody else's must not. */
    @GetMapping("/sign-out")
    String signOut(Principal person, Model model) {
        model.addAttribute("person", person.getName());
        model.addAttribute("elsewhere", true);
        return "access/sign-out";
    }
}
