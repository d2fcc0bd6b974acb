package io.gatehouse.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OtherSitesFilterTests {

    private boolean passed;

    @Test
    void letsProgramsThrough() throws Exception {
        send(call("POST"));

        assertThat(passed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void letsPagesOfOursThrough(String site) throws Exception {
        MockHttpServletRequest request = call("POST");
        request.addHeader("Sec-Fetch-Site", site);
        request.addHeader("Origin", "https://behind-a-proxy.example.com");
        send(request);

        assertThat(passed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, cross-site",
        "POST, same-site",
        "PUT, cross-site",
        "DELETE, cross-site",
        "PATCH, cross-site",
        "POST, something-new"
    })
    void refusesWhatAnotherSiteMakesABrowserChange(String method, String site) throws Exception {
        MockHttpServletRequest request = call(method);
        request.addHeader("Sec-Fetch-Site", site);
        request.addHeader("Origin", "http://gatehouse.example.com:8080");

        assertThat(send(request).getContentAsString()).contains("urn:gatehouse:problem:other-site");
        assertThat(passed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://gatehouse.example.com",
                "http://gatehouse.example.com:8081",
                "http://gatehouse.example.com:8080.evil.example",
                "http://evil@gatehouse.example.com:8080",
                "http://[",
                ""
            })
    void refusesAnotherOriginOfABrowserThatSaysNoMore(String origin) throws Exception {
        MockHttpServletRequest request = call("POST");
        request.addHeader("Origin", origin);

        assertThat(send(request).getStatus()).isEqualTo(403);
        assertThat(passed).isFalse();
    }

    @Test
    void letsItsOwnOriginThrough() throws Exception {
        MockHttpServletRequest request = call("POST");
        request.addHeader("Origin", "http://Gatehouse.example.com:8080");
        send(request);

        assertThat(passed).isTrue();
    }

    /** A link elsewhere may lead here; what is read can be read by no other origin. */
    @Test
    void letsReadingThrough() throws Exception {
        MockHttpServletRequest request = call("GET");
        request.addHeader("Sec-Fetch-Site", "cross-site");
        send(request);

        assertThat(passed).isTrue();
    }

    private static MockHttpServletRequest call(String method) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/api/v1/changes");
        request.addHeader("Host", "gatehouse.example.com:8080");
        return request;
    }

    private MockHttpServletResponse send(MockHttpServletRequest request) throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new OtherSitesFilter().doFilter(request, response, (first, second) -> passed = true);
        return response;
    }
}
