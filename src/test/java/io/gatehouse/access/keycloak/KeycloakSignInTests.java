package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.keycloak.WireBrowser.Answer;
import io.gatehouse.testing.KeycloakServer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriComponentsBuilder;

/** The way to Keycloak and back, step by step, and what becomes of whoever forges one. */
class KeycloakSignInTests extends KeycloakApplication {

    @Test
    void sendsPeopleToKeycloakWithStateNonceAndProofKey() {
        Answer begin = new WireBrowser().get(address(KeycloakSignIn.BEGIN));

        assertThat(begin.location().toString())
                .startsWith(KeycloakServer.shared().issuer() + "/protocol/openid-connect/auth?response_type=code&")
                .contains("code_challenge_method=S256");
        assertThat(parameter(begin.location(), "state")).hasSizeGreaterThan(30);
        assertThat(parameter(begin.location(), "nonce")).hasSizeGreaterThan(30);
        assertThat(parameter(begin.location(), "code_challenge")).hasSizeGreaterThan(30);
    }

    @Test
    void goesOnToWhereSomebodyWasGoing(KeycloakServer keycloak) {
        keycloak.realm().addPerson("going-rita", "requester");
        WireBrowser rita = new WireBrowser();

        Answer page = rita.logIn(rita.visit(address(TASKLIST + "?task=4711&x=%2F%2Fevil.example")), "going-rita");

        assertThat(rita.follow(page, address -> false).address())
                .isEqualTo(address(TASKLIST + "?task=4711&x=%2F%2Fevil.example"));
        assertThat(rita.isSignedIn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?continue=//evil.example", "?redirect_uri=http://evil.example/", "?next=http://evil.example"})
    void goesToNoOtherHostWhateverTheAddressSays(String query) {
        keycloakHas("going-rolf");
        WireBrowser rolf = new WireBrowser();

        Answer page = rolf.visit(address(KeycloakSignIn.BEGIN + query));
        Answer last = rolf.follow(rolf.logIn(page, "going-rolf"), address -> false);

        assertThat(last.address()).isEqualTo(address(TASKLIST));
    }

    @Test
    void givesTheSessionANewNameAtTheSignIn(KeycloakServer keycloak) {
        keycloakHas("fixed-rita");
        WireBrowser rita = new WireBrowser();
        Answer page = rita.visit(address(TASKLIST));
        String before = rita.cookie(gatehouse(), "GATEHOUSE");

        rita.follow(rita.logIn(page, "fixed-rita"), address -> false);

        assertThat(before).isNotEmpty();
        assertThat(rita.cookie(gatehouse(), "GATEHOUSE")).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void aCodeOfSomebodyElseSignsNobodyIn() {
        keycloakHas("forged-attacker");
        URI attackers = new WireBrowser().callbackOf("forged-attacker");

        WireBrowser victim = new WireBrowser();
        assertRefused(victim, victim.get(attackers)); // knows nothing of a sign-in

        WireBrowser begun = new WireBrowser();
        URI asked = begun.get(address(KeycloakSignIn.BEGIN)).location();
        assertRefused(begun, begun.get(attackers)); // another state

        begun.get(address(KeycloakSignIn.BEGIN));
        URI again = begun.get(address(KeycloakSignIn.BEGIN)).location();
        assertThat(parameter(again, "state")).isNotEqualTo(parameter(asked, "state"));
        assertRefused(begun, begun.get(with(attackers, "state", parameter(again, "state")))); // another proof key
    }

    @ParameterizedTest
    @CsvSource({
        "code, code, made-up",
        "code, code, ''",
        "state, state, made-up",
        "state, state, ''",
        "code, error, access_denied",
        "code, error, <script>alert(1)</script>"
    })
    void aChangedWayBackSignsNobodyIn(String instead, String parameter, String value) {
        keycloakHas("forged-rita");
        WireBrowser rita = new WireBrowser();
        URI back = rita.callbackOf("forged-rita");

        Answer page = assertRefused(rita, rita.get(with(without(back, instead), parameter, value)));

        assertThat(page.body()).doesNotContain("<script>");
    }

    @Test
    void aNonceThatIsNotTheSessionsSignsNobodyIn() {
        keycloakHas("forged-nonce");
        WireBrowser rita = new WireBrowser();
        URI asked = rita.get(address(KeycloakSignIn.BEGIN)).location();
        Answer page = rita.visit(with(asked, "nonce", "of-another-session"));
        URI back = rita.follow(rita.logIn(page, "forged-nonce"), WireBrowser::isCallback)
                .location();

        assertRefused(rita, rita.get(back));
    }

    @Test
    void aWayBackIsGoodOnce() {
        keycloakHas("replayed-rita");
        WireBrowser rita = new WireBrowser();
        URI back = rita.callbackOf("replayed-rita");
        rita.follow(rita.get(back), address -> false);
        assertThat(rita.isSignedIn()).isTrue();

        WireBrowser another = new WireBrowser();
        assertRefused(another, another.get(back));
    }

    @Test
    void callsOfAPageBeginNoSignIn() {
        WireBrowser nobody = new WireBrowser();

        assertThat(nobody.engine("GET", "filter", "").status()).isEqualTo(401);
        assertThat(nobody.call("GET", address("/camunda/lib/x.js"), "").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/authorization/other", "/oauth2/authorization/", "/login", "/logout"})
    void whatIsNotOursLeadsNowhere(String path) {
        assertThat(new WireBrowser().get(address(path)).location()).isEqualTo(address("/sign-in"));
    }

    private static void keycloakHas(String name) {
        if (KeycloakServer.shared()
                .realm()
                .admin("GET", "/users?exact=true&username=" + name, null)
                .isEmpty()) {
            KeycloakServer.shared().realm().addPerson(name, "requester");
        }
    }

    private static Answer assertRefused(WireBrowser browser, Answer answer) {
        assertThat(answer.location()).isEqualTo(address("/sign-in?refused"));
        Answer page = browser.visit(answer.location());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("role=\"alert\"", "Sign in with Keycloak");
        assertThat(browser.isSignedIn()).isFalse();
        return page;
    }

    private static String parameter(URI address, String name) {
        return String.valueOf(UriComponentsBuilder.fromUri(address)
                .build(true)
                .getQueryParams()
                .getFirst(name));
    }

    private static URI without(URI address, String parameter) {
        String others = Arrays.stream(address.getRawQuery().split("&"))
                .filter(each -> !each.startsWith(parameter + "="))
                .collect(Collectors.joining("&"));
        return address.resolve(address.getRawPath() + "?" + others);
    }

    private static URI with(URI address, String parameter, String value) {
        URI without = without(address, parameter);
        return URI.create(without + "&" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
