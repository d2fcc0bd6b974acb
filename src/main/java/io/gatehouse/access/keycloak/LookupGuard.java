package io.gatehouse.access.keycloak;

import io.gatehouse.api.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Stands between the engine's identity provider and Keycloak's administration: people and groups are read and nothing
 * else, disabled people are not there, and an outage is told as one. The provider puts ids into addresses as they come.
 */
class LookupGuard implements ClientHttpRequestInterceptor {

    private static final Pattern READABLE =
            Pattern.compile("/(users|groups|users/[\\w-]+/groups|groups/[\\w-]+/members|group-by-path/[\\w.@ -]+)");

    private final KeycloakProperties keycloak;

    LookupGuard(KeycloakProperties keycloak) {
        this.keycloak = keycloak;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        HttpRequest admitted = isForToken(request) ? request : admit(request);
        ClientHttpResponse response;
        try {
            response = execution.execute(admitted, body);
        } catch (IOException e) {
            throw Unreachable.problem();
        }
        if (response.getStatusCode().is5xxServerError()) {
            response.close();
            throw Unreachable.problem();
        }
        return response;
    }

    private boolean isForToken(HttpRequest request) {
        return request.getMethod() == HttpMethod.POST && request.getURI().equals(keycloak.endpoint("token"));
    }

    private HttpRequest admit(HttpRequest request) {
        String administration = keycloak.administration().getRawPath();
        String path = request.getURI().getRawPath();
        boolean readable = request.getMethod() == HttpMethod.GET
                && path.startsWith(administration)
                && READABLE.matcher(path.substring(administration.length())).matches()
                && !path.contains("..");
        if (!readable) {
            throw ProblemException.badRequest(
                    "unknown-id", "Unknown id", "Ids of people and groups are letters, digits, dots, hyphens and @.");
        }
        return path.equals(administration + "/users") ? onlyEnabled(request) : request;
    }

    private static HttpRequest onlyEnabled(HttpRequest request) {
        URI enabled = UriComponentsBuilder.fromUri(request.getURI())
                .queryParam("enabled", true)
                .build(true)
                .toUri();
        return new HttpRequestWrapper(request) {
            @Override
            public URI getURI() {
                return enabled;
            }
        };
    }
}
