package io.gatehouse.access.web;

import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Names operations as the permission table does: {@code GET /api/v1/changes/{number}}. */
final class OperationNames {

    private OperationNames() {}

    static String of(String method, String pattern) {
        return (method.equals("HEAD") ? "GET" : method) + " " + pattern;
    }

    /** All operations a mapping stands for; one without a method answers to GET only. */
    static Stream<String> of(RequestMappingInfo mapping) {
        return mapping.getPatternValues().stream()
                .flatMap(pattern -> methods(mapping).map(method -> of(method, pattern)));
    }

    private static Stream<String> methods(RequestMappingInfo mapping) {
        var methods = mapping.getMethodsCondition().getMethods();
        return methods.isEmpty() ? Stream.of("GET") : methods.stream().map(RequestMethod::name);
    }
}
