package io.gatehouse.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each answer of the engine's web applications a nonce of its own. They keep theirs in one place for all requests,
 * so of two at the same time one got a page whose scripts its policy forbade, and stayed empty; and they draw it from a
 * generator that whoever has seen one can run on.
 */
class NonceOfItsOwn extends OncePerRequestFilter {

    /** Where the filter that writes the policy leaves the nonce for the one that writes the page. */
    private static final String ATTRIBUTE = "org.camunda.bpm.csp.nonce";

    private static final String POLICY = "Content-Security-Policy";
    private static final int BYTES = 20;

    private final SecureRandom random = new SecureRandom();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        chain.doFilter(new Asked(request, nonce), new Answered(response, nonce));
    }

    private static final class Asked extends HttpServletRequestWrapper {

        private final String nonce;

        Asked(HttpServletRequest request, String nonce) {
            super(request);
            this.nonce = nonce;
        }

        @Override
        public ServletContext getServletContext() {
            ServletContext all = super.getServletContext();
            return (ServletContext) Proxy.newProxyInstance(
                    ServletContext.class.getClassLoader(),
                    new Class<?>[] {ServletContext.class},
                    (proxy, method, arguments) -> {
                        if (arguments != null && ATTRIBUTE.equals(arguments[0])) {
                            return method.getReturnType() == void.class ? null : nonce;
                        }
                        try {
                            return method.invoke(all, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    private static final class Answered extends HttpServletResponseWrapper {

        private final String nonce;

        Answered(HttpServletResponse response, String nonce) {
            super(response);
            this.nonce = nonce;
        }

        @Override
        public void setHeader(String name, @Nullable String value) {
            if (value != null && POLICY.equalsIgnoreCase(name)) {
                super.setHeader(name, value.replaceFirst("'nonce-[^']*'", "'nonce-" + nonce + "'"));
            } else {
                super.setHeader(name, value);
            }
        }
    }
}
