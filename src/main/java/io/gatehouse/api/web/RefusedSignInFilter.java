package io.gatehouse.api.web;

import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes whoever was refused too often wait, before any password, token or signature is looked at: guessing gets slow
 * whatever names are guessed, and costs this server next to nothing. Counted by address (of IPv6 the network, which is
 * one customer's), because a refused caller has no name.
 */
class RefusedSignInFilter extends OncePerRequestFilter {

    /** In front of Spring Security. */
    static final int ORDER = -110;

    private static final String SIGN_IN = "/sign-in";
    private static final int NETWORK_BYTES = 8;

    private final SignInRefusals refusals;
    private final boolean atManagementPort;

    /**
     * @param atManagementPort whether every address asks for a proof, and not only the API and the sign-in page
     */
    RefusedSignInFilter(SignInRefusals refusals, boolean atManagementPort) {
        this.refusals = refusals;
        this.atManagementPort = atManagementPort;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !atManagementPort && !ApiPaths.contains(request) && !isSignIn(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = networkOf(request.getRemoteAddr());
        Duration pause = refusals.pause(address);
        if (!pause.isZero()) {
            refuse(pause, request, response);
            return;
        }
        chain.doFilter(request, response);
        if (wasRefused(request, response)) {
            refusals.add(address, doorOf(request));
        }
    }

    private String doorOf(HttpServletRequest request) {
        if (atManagementPort) {
            return "management";
        }
        return isSignIn(request) ? "page" : "api";
    }

    private void refuse(Duration pause, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isSignIn(request)) {
            response.sendRedirect(SIGN_IN + "?wait");
            return;
        }
        ProblemException refusal = ProblemException.of(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-refusals",
                "Too many refusals",
                "Too many calls from your address were refused. Mend the credentials, wait as many seconds as"
                        + " 'Retry-After' says, then send the request again.");
        ProblemWriter.write(refusal.retryAfter(pause), response);
    }

    private boolean wasRefused(HttpServletRequest request, HttpServletResponse response) {
        if (response.getStatus() == HttpStatus.UNAUTHORIZED.value()) {
            return true;
        }
        String next = response.getHeader(HttpHeaders.LOCATION);
        return isSignIn(request) && next != null && next.endsWith(SIGN_IN + "?refused");
    }

    private boolean isSignIn(HttpServletRequest request) {
        return !atManagementPort && "POST".equals(request.getMethod()) && SIGN_IN.equals(request.getRequestURI());
    }

    private static String networkOf(String address) {
        try {
            // An address of a connection is never a name, so nothing is looked up.
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
