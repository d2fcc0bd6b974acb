package io.gatehouse.access;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;

/**
 * Which door asks for what: the API and the management port for a proof on each call, everything that people open in a browser for one session,
 * begun at {@code /sign-in} and ended at {@code /sign-out}.
 */
@Configuration
class SecurityConfiguration {

    /** What the server itself does to answer a request that has been asked about already. */
    private static final DispatcherType[] ON_THE_WAY_BACK = {
        DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.INCLUDE, DispatcherType.ASYNC
    };

    private static PathPatternRequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    /** Asks for the same proof as the API; reading is all that is offered. */
    @Bean
    @Order(0)
    SecurityFilterChain managementPort(HttpSecurity http, SignIn signIn, ToolTokens tokens, TableDoor table)
            throws Exception {
        ManagementRefusal refused = new ManagementRefusal();
        AuthenticationEntryPoint refusal = new Challenge(signIn.challenge(), refused);
        signIn.api(http, refusal);
        return http.securityMatcher(ManagementPort::received)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(ON_THE_WAY_BACK)
                        .permitAll()
                        .anyRequest()
                        .access(table))
                .addFilterBefore(new ToolTokenFilter(tokens, refusal), BasicAuthenticationFilter.class)
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(refusal).accessDeniedHandler(refused))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** No session and no cookie, so there is nothing for a forged cross-site request to ride on. */
    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http,
            SignIn signIn,
            ToolTokens tokens,
            TableDoor table,
            AuthenticationEntryPoint problems,
            AccessDeniedHandler denied)
            throws Exception {
        AuthenticationEntryPoint refusal = new Challenge(signIn.challenge(), problems);
        signIn.api(http, refusal);
        return http.securityMatcher(path("/api/**"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(table::isOpen)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new ToolTokenFilter(tokens, refusal), BasicAuthenticationFilter.class)
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(refusal).accessDeniedHandler(denied))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http, SignIn signIn, SessionRecheck recheck, TableDoor table, RefusedCalls refused)
            throws Exception {
        // Before the sign-in's own way: a call that a page makes must not begin a sign-in.
        http.exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), path("/camunda/api/**")));
        signIn.pages(http);
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(ON_THE_WAY_BACK)
                        .permitAll()
                        .anyRequest()
                        .access(table))
                .exceptionHandling(failures -> failures.accessDeniedHandler(new TableRefusal(refused)))
                // The engine's web applications bring their own protection against forged requests.
                .csrf(csrf -> csrf.ignoringRequestMatchers(path("/camunda/**")))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .headers(headers -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                        .addHeaderWriter(whatBrowsersMayKeep()))
                .addFilterBefore(recheck, AuthorizationFilter.class)
                .build();
    }

    /**
     * The libraries of the engine's web applications, which are megabytes, if they ask each time whether they changed; of
     * the applications' own files their filter says the same. Nothing about somebody, whatever that filter says of calls.
     */
    private static HeaderWriter whatBrowsersMayKeep() {
        RequestMatcher libraries = path("/camunda/lib/**");
        RequestMatcher calls = path("/camunda/api/**");
        HeaderWriter nothing = new CacheControlHeadersWriter();
        return (request, response) -> {
            if (libraries.matches(request)) {
                response.setHeader("Cache-Control", "no-cache");
            } else if (calls.matches(request)) {
                response.setHeader("Cache-Control", "no-store");
            } else {
                nothing.writeHeaders(request, response);
            }
        };
    }

    /** Remembers where somebody was going only if it was a page, and not what the page loads or asks in between. */
    private static RequestCache pagesOnly() {
        MediaTypeRequestMatcher html =
                new MediaTypeRequestMatcher(new HeaderContentNegotiationStrategy(), MediaType.TEXT_HTML);
        html.setUseEquals(true);
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setMatchingRequestParameterName(null);
        cache.setRequestMatcher(new AndRequestMatcher(
                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/camunda/app/**"), html));
        return cache;
    }
}
