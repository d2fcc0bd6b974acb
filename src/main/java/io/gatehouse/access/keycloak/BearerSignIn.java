package io.gatehouse.access.keycloak;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Takes whoever calls the API from the access token of Keycloak that comes with the call. */
class BearerSignIn implements AuthenticationProvider {

    private final JwtDecoder tokens;
    private final KeycloakPeople people;

    BearerSignIn(JwtDecoder tokens, KeycloakPeople people) {
        this.tokens = tokens;
        this.people = people;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        Jwt token = decode(((BearerTokenAuthenticationToken) attempt).getToken());
        try {
            Person person = people.admit(TokenSubject.of(token.getClaims()));
            return new JwtAuthenticationToken(token, authorities(person), person.id());
        } catch (RefusedPerson refusal) {
            throw ProblemException.forbidden(
                    "account-refused", "Account refused", String.valueOf(refusal.getMessage()));
        }
    }

    private static List<SimpleGrantedAuthority> authorities(Person person) {
        return person.groups().stream()
                .map(group -> new SimpleGrantedAuthority("ROLE_" + group))
                .toList();
    }

    private Jwt decode(String token) {
        try {
            return tokens.decode(token);
        } catch (BadJwtException e) {
            throw new InvalidBearerTokenException("Refused", e);
        } catch (JwtException e) {
            throw Unreachable.problem();
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return BearerTokenAuthenticationToken.class.isAssignableFrom(type);
    }
}
