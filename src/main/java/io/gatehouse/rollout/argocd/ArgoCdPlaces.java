package io.gatehouse.rollout.argocd;

import io.gatehouse.rollout.http.ToolApi;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Where the application is in the API of its Argo CD. */
record ArgoCdPlaces(ToolApi api, ArgoCdSettings settings) {

    URI application() {
        return api.address(place(), "api", "v1", "applications", settings.application());
    }

    URI orders() {
        return api.address(
                "api",
                "v1",
                "applications",
                settings.application(),
                settings.action().verb());
    }

    /** The operation in progress; an application has one at most. */
    URI operation() {
        return api.address(place(), "api", "v1", "applications", settings.application(), "operation");
    }

    /** Whether our account may order in that project. */
    URI permission(String project) {
        Stream<String> rule = Stream.of(
                "api",
                "v1",
                "account",
                "can-i",
                "applications",
                settings.action().verb(),
                project);
        return api.address(Stream.concat(rule, name()).toArray(String[]::new));
    }

    /** For people. */
    String page() {
        return api.address(Stream.concat(Stream.of("applications"), name()).toArray(String[]::new))
                .toString();
    }

    /** What tells the application from one of the same name. */
    Map<String, String> place() {
        Map<String, String> place = new HashMap<>();
        if (settings.project() != null) {
            place.put("project", settings.project());
        }
        if (settings.applicationNamespace() != null) {
            place.put("appNamespace", settings.applicationNamespace());
        }
        return place;
    }

    private Stream<String> name() {
        return Stream.concat(Stream.ofNullable(settings.applicationNamespace()), Stream.of(settings.application()));
    }
}
