package io.gatehouse.access;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.context.annotation.Profile;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * Signs people in with the accounts of the engine's identity tables; each group becomes the authority {@code ROLE_<group>}.
 * A changed password, group or lock takes effect within {@link RecentSignIns#KEPT}.
 */
@Component
@Profile("!keycloak")
class EngineIdentityProvider implements AuthenticationProvider {

    private final IdentityService identities;
    private final PasswordCheck passwords;
    private final People people;
    private final RecentSignIns recent;

    EngineIdentityProvider(IdentityService identities, PasswordCheck passwords, People people, RecentSignIns recent) {
        this.identities = identities;
        this.passwords = passwords;
        this.people = people;
        this.recent = recent;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        if (!(attempt.getCredentials() instanceof String password)) {
            throw refused();
        }
        return recent.find(attempt.getName(), password).orElseGet(() -> signIn(attempt.getName(), password));
    }

    private Authentication signIn(String id, String password) {
        if (!passwords.passes(id, password)) {
            throw refused();
        }
        Authentication signedIn = withGroups(id);
        recent.add(id, password, signedIn);
        return signedIn;
    }

    /** Somebody who proved earlier who they are, with their groups of now; empty if there is nobody by that name. */
    Optional<Authentication> find(String id) {
        return people.isActive(id) ? Optional.of(withGroups(id)) : Optional.empty();
    }

    private Authentication withGroups(String id) {
        List<SimpleGrantedAuthority> roles = identities.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .map(group -> new SimpleGrantedAuthority("ROLE_" + group))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(id, null, roles);
    }

    private static BadCredentialsException refused() {
        return new BadCredentialsException("Unknown name or wrong password");
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
