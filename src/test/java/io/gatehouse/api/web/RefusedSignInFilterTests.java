package io.gatehouse.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RefusedSignInFilterTests {

    private static final int BURST = 5;

    private final TestClock clock = new TestClock();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final SignInRefusals refusals =
            new SignInRefusals(new TokenBuckets(new ApiProperties.Rate(1, BURST), clock), meters);
    private final RefusedSignInFilter limit = new RefusedSignInFilter(refusals, false);

    private int checked;

    @Test
    void looksAtNoPasswordOfAnAddressThatWasRefusedTooOften() throws Exception {
        guess("192.0.2.1", BURST);
        assertThat(checked).isEqualTo(BURST);

        MockHttpServletResponse answer = call("192.0.2.1", 401);

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(answer.getContentAsString()).contains("urn:gatehouse:problem:too-many-refusals");
        assertThat(checked).isEqualTo(BURST);
    }

    @Test
    void letsOtherAddressesThrough() throws Exception {
        guess("192.0.2.1", BURST);

        assertThat(call("192.0.2.2", 200).getStatus()).isEqualTo(200);
    }

    @Test
    void takesANetworkOfIpv6ForOneAddress() throws Exception {
        for (int i = 0; i < BURST; i++) {
            call("2001:db8:1:2::" + i, 401);
        }

        assertThat(call("2001:db8:1:2:ffff::1", 200).getStatus()).isEqualTo(429);
        assertThat(call("2001:db8:1:3::1", 200).getStatus()).isEqualTo(200);
    }

    @Test
    void letsAnAddressTryAgainAfterAWhile() throws Exception {
        guess("192.0.2.1", BURST);
        clock.advance(Duration.ofSeconds(1));

        assertThat(call("192.0.2.1", 200).getStatus()).isEqualTo(200);
    }

    @Test
    void doesNotCountWhatSucceeds() throws Exception {
        for (int i = 0; i < 3 * BURST; i++) {
            call("192.0.2.1", 200);
        }

        assertThat(call("192.0.2.1", 200).getStatus()).isEqualTo(200);
    }

    @Test
    void countsPasswordsRefusedAtThePageAndSaysThereToWait() throws Exception {
        for (int i = 0; i < BURST; i++) {
            signIn();
        }

        assertThat(signIn().getRedirectedUrl()).isEqualTo("/sign-in?wait");
        assertThat(call("127.0.0.1", 200).getStatus()).isEqualTo(429);
    }

    @Test
    void countsEveryAddressOfTheManagementPortTogetherWithTheOtherDoors() throws Exception {
        RefusedSignInFilter management = new RefusedSignInFilter(refusals, true);
        for (int i = 0; i < BURST; i++) {
            MockHttpServletRequest request = new MockHttpServletRequest("POST", "/sign-in");
            request.setRemoteAddr("192.0.2.1");
            MockHttpServletResponse response = new MockHttpServletResponse();
            management.doFilter(request, response, (first, second) -> response.setStatus(401));
        }

        assertThat(call("192.0.2.1", 200).getStatus()).isEqualTo(429);
        assertThat(counted("management")).isEqualTo(BURST);
    }

    @Test
    void tellsHowManyWereRefusedAtWhichDoor() throws Exception {
        guess("192.0.2.1", 2);
        signIn();
        call("192.0.2.1", 200);

        assertThat(counted("api")).isEqualTo(2);
        assertThat(counted("page")).isEqualTo(1);
    }

    private double counted(String door) {
        return meters.get("gatehouse.sign.ins.refused")
                .tag("door", door)
                .counter()
                .count();
    }

    private void guess(String address, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            call(address, 401);
        }
    }

    private MockHttpServletResponse call(String address, int status) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/changes");
        request.setRemoteAddr(address);
        MockHttpServletResponse response = new MockHttpServletResponse();
        limit.doFilter(request, response, (first, second) -> {
            checked++;
            response.setStatus(status);
        });
        return response;
    }

    private MockHttpServletResponse signIn() throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        limit.doFilter(
                new MockHttpServletRequest("POST", "/sign-in"),
                response,
                (first, second) -> response.sendRedirect("/sign-in?refused"));
        return response;
    }
}
