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
 * A changed group or lock takes effect within {@link RecentSignIns#KEPT}, a changed password on this node at once.
 */
@Component
@Profile("!keycloak")
class EngineIdentityProvider implements AuthenticationProvider {

    private final IdentityService identities;
    private final PasswordCheck passwords;
    private final People people;
    private final PersonStates states;
    private final EndedSignIns ended;
    private final RecentSignIns recent;

    EngineIdentityProvider(
            IdentityService identities,
            PasswordCheck passwords,
            People people,
            PersonStates states,
            EndedSignIns ended,
            RecentSignIns recent) {
        this.identities = identities;
        this.passwords = passwords;
        this.people = people;
        this.states = states;
        this.ended = ended;
        this.recent = recent;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        if (!(attempt.getCredentials() instanceof String password)) {
            throw refused();
        }
        String id = attempt.getName();
        return believed(id, password)
                .orElseGet(() ->
                        recent.alone(id, password, () -> believed(id, password).orElseGet(() -> signIn(id, password))));
    }

    private Optional<Authentication> believed(String id, String password) {
        return recent.find(id, password).filter(signedIn -> !ended.cover(signedIn));
    }

    private Authentication signIn(String id, String password) {
        long era = states.era(id); // a password that is changed from here on is too old for it
        if (!passwords.passes(id, password)) {
            throw refused();
        }
        Authentication signedIn = withGroups(id, era);
        recent.add(id, password, signedIn);
        return signedIn;
    }

    /** Somebody who proved earlier who they are, with their groups of now; empty if they may not be in any more. */
    Optional<Authentication> findAgain(Authentication signedIn) {
        String id = signedIn.getName();
        long era = states.era(id);
        boolean endedSince = signedIn.getDetails() instanceof SignInEra begun && begun.number() < era;
        return endedSince || !people.isActive(id) ? Optional.empty() : Optional.of(withGroups(id, era));
    }

    private Authentication withGroups(String id, long era) {
        List<SimpleGrantedAuthority> roles = identities.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .map(group -> new SimpleGrantedAuthority("ROLE_" + group))
                .toList();
        UsernamePasswordAuthenticationToken signedIn =
                UsernamePasswordAuthenticationToken.authenticated(id, null, roles);
        signedIn.setDetails(new SignInEra(era));
        return signedIn;
    }

    private static BadCredentialsException refused() {
        return new BadCredentialsException("Unknown name or wrong password");
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
