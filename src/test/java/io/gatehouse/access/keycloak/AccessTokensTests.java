package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** With a realm whose keys are ours, so that anything can be signed. */
class AccessTokensTests {

    @AutoClose
    private final FakeRealm realm = new FakeRealm();

    private final JwtDecoder tokens;

    {
        KeycloakProperties keycloak = new KeycloakProperties(
                realm.issuer(), "gatehouse-api", "gatehouse", "", "gatehouse-identity", "", Duration.ofSeconds(60));
        tokens = new RealmKeys(keycloak).reader(new AccessTokenRules(keycloak, Clock.systemUTC()));
    }

    @Test
    void takesATokenAsKeycloakMakesThem() {
        assertThat(tokens.decode(good()).getSubject()).isEqualTo("subject-of-rita");
    }

    @Test
    void takesNoForgery() {
        Map<String, String> forgeries = Forgeries.of(realm);

        assertThat(forgeries).hasSizeGreaterThan(60);
        assertThat(forgeries.keySet())
                .filteredOn(name -> takes(forgeries.get(name)))
                .isEmpty();
    }

    private boolean takes(String token) {
        try {
            tokens.decode(token);
            return true;
        } catch (BadJwtException refused) {
            return false;
        }
    }

    @Test
    void takesANewKeyAtOnce() {
        tokens.decode(good());
        realm.addKey();

        assertThat(tokens.decode(good()).getSubject()).isEqualTo("subject-of-rita");
        assertThat(realm.fetches()).isEqualTo(2);
    }

    @Test
    void doesNotAskForKeysEachTimeSomebodyMakesOneUp() {
        tokens.decode(good());
        String madeUp = FakeRealm.sign(realm.header().keyID("made-up").build(), "{}", FakeRealm.ofNobody("made-up"));

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> tokens.decode(madeUp)).isInstanceOf(BadJwtException.class);
        }

        assertThat(realm.fetches()).isLessThanOrEqualTo(3);
    }

    @Test
    void goesOnWithTheKeysItHasWhileKeycloakIsAway() {
        tokens.decode(good());
        realm.goAway();

        assertThat(tokens.decode(good()).getSubject()).isEqualTo("subject-of-rita");
        assertThatThrownBy(() -> tokens.decode(Forgeries.of(realm).get("another key under its own name")))
                .isInstanceOf(BadJwtException.class);
    }

    @Test
    void cannotTellWhileItHasNoKeys() {
        realm.goAway();

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> tokens.decode(good()))
                    .isInstanceOf(JwtException.class)
                    .isNotInstanceOf(BadJwtException.class);
        }
        assertThatThrownBy(() -> tokens.decode(Forgeries.of(realm).get("algorithm none, no signature")))
                .isInstanceOf(BadJwtException.class);
    }

    private String good() {
        return realm.sign(realm.claims("rita", "requester"));
    }
}
