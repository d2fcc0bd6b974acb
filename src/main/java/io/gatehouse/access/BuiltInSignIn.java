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
    private final AuthenticationEntryPoint problems;

    BuiltInSignIn(EngineIdentityProvider people, AuthenticationEntryPoint problems) {
        this.people = people;
        this.problems = problems;
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
    public void api(HttpSecurity http) throws Exception {
        http.authenticationProvider(people).httpBasic(basic -> basic.authenticationEntryPoint(problems));
    }

    @Override
    public Optional<Authentication> recheck(Authentication signedIn) {
        return people.find(signedIn.getName());
    }
}
