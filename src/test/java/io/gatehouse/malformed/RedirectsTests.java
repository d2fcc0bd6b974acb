package io.gatehouse.malformed;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.RunningSample;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Addresses written so that a careless server redirects to another host (CVE-2026-117517 and its like). */
@RunningSample
class RedirectsTests {

    private static final Pattern LOCATION = Pattern.compile("(?im)^location: *(.*)$");

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/docs",
                "/camunda",
                "//evil.example",
                "//evil.example/docs",
                "//evil.example/camunda",
                "//evil.example/..;/docs",
                "//evil.example/%2e%2e/docs",
                "/docs//evil.example/%2e%2e",
                "/..//evil.example",
                "/%2e%2e//evil.example/camunda",
                "/;@evil.example/docs",
                "/docs;@evil.example",
                "/camunda//evil.example",
                "/camunda/app//evil.example/..",
                "/%5cevil.example/docs",
                "/%2f%2fevil.example",
                "/%09//evil.example/docs",
                "/api//evil.example",
                "/docs?//evil.example",
                "/camunda?continue=//evil.example",
                "/sign-in?continue=//evil.example"
            })
    void leadToNoOtherHost(String path) throws IOException {
        WireRequest request = new WireRequest("GET", path);
        request.set("Host", "gatehouse.example");
        request.set("Connection", "close");

        WireAnswer answer = WireAnswer.to(request, port);

        assertThat(answer.status()).isLessThan(500);
        Matcher location = LOCATION.matcher(answer.head());
        if (location.find()) {
            assertThat(location.group(1).strip()).matches("(http://gatehouse\\.example(:\\d+)?)?/([^/\\\\].*)?");
        }
    }
}
