package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestClock;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;

class SessionRecheckTests {

    private final TestClock clock = new TestClock();
    private final MockHttpSession session = new MockHttpSession();
    private final People people = new People();
    private final SessionRecheck recheck = new SessionRecheck(people, clock);

    @AfterEach
    void forget() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void believesASessionForAMinute() throws Exception {
        request(mona("change-manager"));
        people.mona = null;
        clock.advance(SessionRecheck.EVERY.minusSeconds(1));

        assertThat(request(mona("change-manager"))).isNotNull();
        assertThat(people.asked).isZero();
    }

    @Test
    void takesALostGroupAwayWithinAMinute() throws Exception {
        request(mona("change-manager"));
        people.mona = mona("requester");
        clock.advance(SessionRecheck.EVERY);

        assertThat(request(mona("change-manager")).getAuthorities())
                .extracting(Object::toString)
                .containsExactly("ROLE_requester");
    }

    @Test
    void endsTheSessionOfWhoeverMayNoLongerComeIn() throws Exception {
        request(mona("change-manager"));
        people.mona = null;
        clock.advance(SessionRecheck.EVERY);

        assertThat(request(mona("change-manager"))).isNull();
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void endsASessionAtOnceThatThisNodeHasEnded() throws Exception {
        request(mona("change-manager"));
        people.ended = true;

        assertThat(request(mona("change-manager"))).isNull();
        assertThat(session.isInvalid()).isTrue();
        assertThat(people.asked).isZero();
    }

    @Test
    void endsEverySessionAfterHalfADayHoweverBusy() throws Exception {
        people.mona = mona("change-manager");
        request(mona("change-manager"));
        for (Duration spent = Duration.ZERO;
                spent.compareTo(SessionRecheck.LONGEST) < 0;
                spent = spent.plusMinutes(20)) {
            assertThat(request(mona("change-manager"))).isNotNull();
            clock.advance(Duration.ofMinutes(20));
        }

        assertThat(request(mona("change-manager"))).isNull();
        assertThat(session.isInvalid()).isTrue();
    }

    /** Whom the rest of the application sees. */
    private @Nullable Authentication request(Authentication person) throws ServletException, IOException {
        SecurityContextHolder.getContext().setAuthentication(person);
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/camunda/app/tasklist/default/");
        request.setSession(session);
        recheck.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        return SecurityContextHolder.getContext().getAuthentication();
    }

    private static Authentication mona(String group) {
        return UsernamePasswordAuthenticationToken.authenticated(
                "mona", null, List.of(new SimpleGrantedAuthority("ROLE_" + group)));
    }

    private static class People implements SignIn {

        private @Nullable Authentication mona;
        private int asked;
        private boolean ended;

        @Override
        public boolean isEnded(Authentication signedIn) {
            return ended;
        }

        @Override
        public void pages(HttpSecurity http) {}

        @Override
        public void api(HttpSecurity http, AuthenticationEntryPoint refusal) {}

        @Override
        public String challenge() {
            return "";
        }

        @Override
        public Optional<Authentication> recheck(Authentication signedIn) {
            asked++;
            return Optional.ofNullable(mona);
        }
    }
}
