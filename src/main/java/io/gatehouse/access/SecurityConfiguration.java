package io.gatehouse.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Which door asks for what: the API for a name and password on each call, the Tasklist for its own sign-in. */
@Configuration
class SecurityConfiguration {

    private static PathPatternRequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    /** No session and no cookie, so there is nothing for a forged cross-site request to ride on. */
    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http, ToolTokens tokens, AuthenticationEntryPoint signIn, AccessDeniedHandler denied)
            throws Exception {
        return http.securityMatcher(path("/api/**"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(path("/api/v1/callbacks/*"))
                        .permitAll() // proves itself by its signature
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new ToolTokenFilter(tokens, signIn), BasicAuthenticationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(signIn))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(signIn).accessDeniedHandler(denied))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** The web applications of the engine bring their own session and their own protection against forged requests. */
    @Bean
    @Order(2)
    SecurityFilterChain webApplications(HttpSecurity http) throws Exception {
        return http.securityMatcher(path("/camunda/**"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(path("/camunda/api/admin/setup/**"))
                        .denyAll() // the stock set-up page lets anybody create an administrator
                        .anyRequest()
                        .permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                path("/"), path("/docs/**"), path("/actuator/health/**"), path("/error"))
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }
}
