package io.gatehouse.api.web;

import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a page of another origin makes a browser send to the API. The API knows no cookie, but a browser that was
 * told a name and a password for it once adds them by itself, whoever makes it send. Browsers say where a request comes
 * from, programs say nothing; nobody but the browser can set these headers for a page.
 */
class OtherSitesFilter extends OncePerRequestFilter {

    private static final Set<String> CHANGING_NOTHING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OUR_OWN = Set.of("same-origin", "none");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!CHANGING_NOTHING.contains(request.getMethod()) && comesFromAnother(request)) {
            ProblemWriter.write(
                    ProblemException.forbidden(
                            "other-site",
                            "Other site",
                            "A page of another site made a browser send this. Programs and pages of Gatehouse may."),
                    response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean comesFromAnother(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OUR_OWN.contains(site);
        }
        // Browsers tell their site to safe addresses only, their origin always.
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !isOurs(origin, request.getHeader(HttpHeaders.HOST));
    }

    private static boolean isOurs(String origin, String host) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
