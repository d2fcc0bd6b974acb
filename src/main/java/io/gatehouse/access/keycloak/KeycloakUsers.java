package io.gatehouse.access.keycloak;

import io.gatehouse.access.Person;
import org.springframework.context.annotation.Profile;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Makes a signed-in person of an ID token; it holds everything, so nothing more is asked for. */
@Component
@Profile("keycloak")
class KeycloakUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {

    /** The error code under which whoever is refused is told why. */
    static final String REFUSED = "account_refused";

    private final KeycloakPeople people;

    KeycloakUsers(KeycloakPeople people) {
        this.people = people;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        try {
            return admit(request.getIdToken());
        } catch (RefusedPerson refusal) {
            throw new OAuth2AuthenticationException(new OAuth2Error(REFUSED, refusal.getMessage(), null), refusal);
        }
    }

    /** @throws RefusedPerson if Gatehouse does not let them in */
    OidcUser admit(OidcIdToken token) {
        Person person = people.admit(TokenSubject.of(token.getClaims()));
        var roles = person.groups().stream()
                .map(group -> new SimpleGrantedAuthority("ROLE_" + group))
                .toList();
        return new DefaultOidcUser(roles, token, StandardClaimNames.PREFERRED_USERNAME);
    }
}
