package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

class RecentSignInsTests {

    private final TestClock clock = new TestClock();
    private final RecentSignIns recent = new RecentSignIns(clock);

    @Test
    void findsWhoSignedInWithTheSamePassword() {
        Authentication rita = signIn("rita", "secret");

        assertThat(recent.find("rita", "secret")).contains(rita);
    }

    @Test
    void knowsNobodyByAnotherPasswordOrName() {
        signIn("rita", "secret");

        assertThat(recent.find("rita", "Secret")).isEmpty();
        assertThat(recent.find("theo", "secret")).isEmpty();
    }

    @Test
    void doesNotConfuseWhereTheNameEndsAndThePasswordBegins() {
        signIn("rita", "secret");

        assertThat(recent.find("ritas", "ecret")).isEmpty();
    }

    @Test
    void forgetsAfterAMinute() {
        signIn("rita", "secret");

        clock.advance(Duration.ofSeconds(60));

        assertThat(recent.find("rita", "secret")).isEmpty();
        clock.reset();
    }

    @Test
    void holdsNoMoreThanItsBound() {
        for (int i = 0; i <= RecentSignIns.MOST; i++) {
            signIn("person" + i, "secret");
        }

        assertThat(recent.find("person0", "secret")).isPresent();
        assertThat(recent.find("person" + RecentSignIns.MOST, "secret")).isEmpty();
    }

    private Authentication signIn(String id, String password) {
        Authentication signedIn = UsernamePasswordAuthenticationToken.authenticated(id, null, List.of());
        recent.add(id, password, signedIn);
        return signedIn;
    }
}
