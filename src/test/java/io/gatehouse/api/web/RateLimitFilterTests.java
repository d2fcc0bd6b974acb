package io.gatehouse.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;

class RateLimitFilterTests {

    private final RateLimitFilter limit = new RateLimitFilter(new TokenBuckets(
            new ApiProperties.Rate(1, 2), Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC)));

    private MockHttpServletResponse call(String person) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/things");
        request.setUserPrincipal(new TestingAuthenticationToken(person, null));
        MockHttpServletResponse response = new MockHttpServletResponse();
        new ProblemFilter()
                .doFilter(request, response, (first, second) -> limit.doFilter(first, second, new MockFilterChain()));
        return response;
    }

    @Test
    void tellsACallerWhoSendsTooMuchWhenToComeBack() throws Exception {
        call("rita");
        call("rita");

        MockHttpServletResponse third = call("rita");

        assertThat(third.getStatus()).isEqualTo(429);
        assertThat(third.getHeader("Retry-After")).isEqualTo("1");
        assertThat(third.getContentAsString()).contains("urn:gatehouse:problem:too-many-requests");
    }

    @Test
    void letsOtherCallersThrough() throws Exception {
        call("rita");
        call("rita");

        assertThat(call("theo").getStatus()).isEqualTo(200);
    }
}
