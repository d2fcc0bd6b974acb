package io.gatehouse.api.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** Tells the API's requests from those for pages and web applications. */
final class ApiPaths {

    private static final String ROOT = "/api";

    private ApiPaths() {}

    static boolean contains(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String uri = failed == null ? request.getRequestURI() : failed.toString();
        return contains(uri.substring(Math.min(request.getContextPath().length(), uri.length())));
    }

    static boolean contains(String path) {
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }
}
