package io.gatehouse.access;

import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** People and passwords in our own database: a page for browsers, HTTP basic for the API. */
@Component
@Profile("!keycloak")
class BuiltInSignIn implements SignIn {

    private final EngineIdentityProvider people;
    private final EndedSignIns ended;

    BuiltInSignIn(EngineIdentityProvider people, EndedSignIns ended) {
        this.people = people;
        this.ended = ended;
    }

    @Override
    public void pages(HttpSecurity http) throws Exception {
        http.authenticationProvider(people)
                .formLogin(form -> form.loginPage("/sign-in")
                        .usernameParameter("name")
                        .failureUrl("/sign-in?refused")
                        .defaultSuccessUrl(START))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?signed-out"));
    }

    @Override
    public void api(HttpSecurity http, AuthenticationEntryPoint refusal) throws Exception {
        http.authenticationProvider(people).httpBasic(basic -> basic.authenticationEntryPoint(refusal));
    }

    @Override
    public String challenge() {
        return "Basic realm=\"Gatehouse\", charset=\"UTF-8\"";
    }

    @Override
    public boolean isEnded(Authentication signedIn) {
        return ended.cover(signedIn);
    }

    @Override
    public Optional<Authentication> recheck(Authentication signedIn) {
        return people.findAgain(signedIn);
    }
}
