package io.gatehouse.access.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Tells the browser with every answer what it may do with it, also with those that the container or a filter refuses
 * before anything else runs. What comes later may narrow it: the engine's web applications allow their own scripts, one
 * by one, with a nonce.
 */
class SafeHeaders extends ValveBase {

    private static final String NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /** The guide brings its style along. */
    private static final String GUIDE =
            NOTHING + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'none'";

    private final String pages;

    /**
     * @param signInAt the origin of the identity provider, to which the forms of our pages may lead; empty if there is
     *     none
     */
    SafeHeaders(String signInAt) {
        super(true);
        this.pages = NOTHING + "; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'"
                + ("; form-action 'self' " + signInAt).stripTrailing();
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", policyFor(request.getDecodedRequestURI()));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        getNext().invoke(request, response);
    }

    private String policyFor(String path) {
        if (path == null
                || path.startsWith("/api/")
                || path.startsWith("/camunda/")
                || path.startsWith("/management")) {
            return NOTHING;
        }
        return path.startsWith("/docs") ? GUIDE : pages;
    }
}
