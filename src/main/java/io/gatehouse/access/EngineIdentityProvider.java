package io.gatehouse.access;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Signs people in to the API with the accounts of the Tasklist; each group becomes the authority {@code ROLE_<group>}. */
@Component
class EngineIdentityProvider implements AuthenticationProvider {

    private final IdentityService identities;

    EngineIdentityProvider(IdentityService identities) {
        this.identities = identities;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String id = attempt.getName();
        if (!(attempt.getCredentials() instanceof String password) || !identities.checkPassword(id, password)) {
            throw new BadCredentialsException("Unknown name or wrong password");
        }
        List<SimpleGrantedAuthority> roles = identities.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .map(group -> new SimpleGrantedAuthority("ROLE_" + group))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(id, null, roles);
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
