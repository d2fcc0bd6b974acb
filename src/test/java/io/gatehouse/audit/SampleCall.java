package io.gatehouse.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What somebody of the sample organisation asks of the API. */
final class SampleCall {

    private SampleCall() {}

    /** @param headers each as {@code name: value} */
    static MvcTestResult exchange(
            MockMvcTester mvc, String person, String method, String path, String body, String... headers) {
        String credentials = Base64.getEncoder()
                .encodeToString((person + ":" + person + "-sample").getBytes(StandardCharsets.UTF_8));
        var request = mvc.method(HttpMethod.valueOf(method))
                .uri(path)
                .header("Authorization", "Basic " + credentials)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
        for (String header : headers) {
            request.header(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
        }
        return request.exchange();
    }
}
