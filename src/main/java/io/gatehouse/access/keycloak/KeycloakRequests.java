package io.gatehouse.access.keycloak;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;

/** How Keycloak is called: within seconds or not at all, and only where it was meant to. */
final class KeycloakRequests {

    static final Duration TIMEOUT = Duration.ofSeconds(3);

    private KeycloakRequests() {}

    static JdkClientHttpRequestFactory factory() {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(Redirect.NEVER)
                .build());
        requests.setReadTimeout(TIMEOUT);
        return requests;
    }

    /** For Spring Security's clients of the token endpoint. */
    static RestClient forTokens() {
        return RestClient.builder()
                .requestFactory(factory())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }
}
