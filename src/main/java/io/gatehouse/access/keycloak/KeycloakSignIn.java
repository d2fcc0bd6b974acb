package io.gatehouse.access.keycloak;

import io.gatehouse.access.SignIn;
import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * People are Keycloak's: browsers are sent there and come back with a code (OpenID Connect with state, nonce and proof
 * key), calls of the API bring an access token.
 */
@Component
@Profile("keycloak")
class KeycloakSignIn implements SignIn {

    /** The address that sends a browser to Keycloak. */
    static final String BEGIN = "/oauth2/authorization/" + KeycloakConfiguration.REGISTRATION;

    /** The address to which Keycloak sends it back. */
    static final String BACK = "/login/oauth2/code/" + KeycloakConfiguration.REGISTRATION;

    private final AuthorizationRequests requests;
    private final KeycloakUsers users;
    private final SessionRefresh sessions;
    private final SignOutEverywhere signOut;
    private final KeycloakReached reached;
    private final BearerSignIn bearers;
    private final HandlerExceptionResolver refusals;

    KeycloakSignIn(
            AuthorizationRequests requests,
            KeycloakUsers users,
            SessionRefresh sessions,
            SignOutEverywhere signOut,
            KeycloakReached reached,
            JwtDecoder accessTokens,
            KeycloakPeople people,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) {
        this.requests = requests;
        this.users = users;
        this.sessions = sessions;
        this.signOut = signOut;
        this.reached = reached;
        this.bearers = new BearerSignIn(accessTokens, people);
        this.refusals = refusals;
    }

    @Override
    public void pages(HttpSecurity http) throws Exception {
        // Straight to Keycloak: whoever is signed in there has nothing to answer here.
        http.exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                        (request, response, failure) -> response.sendRedirect(BEGIN), pagesOfPeople()))
                .oauth2Login(login -> login.loginPage("/sign-in")
                        .loginProcessingUrl(BACK)
                        .authorizationEndpoint(begin -> begin.authorizationRequestResolver(requests))
                        .tokenEndpoint(back -> back.accessTokenResponseClient(codes()))
                        .userInfoEndpoint(person -> person.oidcUserService(users))
                        .authorizedClientRepository(new NoClientsKept())
                        .withObjectPostProcessor(new TokensStayInTheSession())
                        .successHandler(onward())
                        .failureHandler(new SignInFailures()))
                .logout(out ->
                        out.logoutUrl("/sign-out").addLogoutHandler(signOut).logoutSuccessHandler(signOut))
                .addFilterBefore(new OutagePage(reached), CsrfFilter.class);
    }

    private static RequestMatcher pagesOfPeople() {
        return new OrRequestMatcher(
                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/camunda/app/**"),
                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/sign-out"));
    }

    private static RestClientAuthorizationCodeTokenResponseClient codes() {
        RestClientAuthorizationCodeTokenResponseClient codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(KeycloakRequests.forTokens());
        return codes;
    }

    /** To where somebody was going; to the path only, whatever host their browser said it was. */
    private static AuthenticationSuccessHandler onward() {
        SavedRequestAwareAuthenticationSuccessHandler onward = new SavedRequestAwareAuthenticationSuccessHandler();
        onward.setDefaultTargetUrl(START);
        onward.setRedirectStrategy((request, response, address) -> {
            URI wanted = URI.create(address);
            String query = wanted.getRawQuery() == null ? "" : "?" + wanted.getRawQuery();
            response.sendRedirect(wanted.getRawPath() + query);
        });
        return onward;
    }

    @Override
    public void api(HttpSecurity http, AuthenticationEntryPoint refusal) {
        BearerTokenAuthenticationFilter bearer = new BearerTokenAuthenticationFilter(new ProviderManager(bearers));
        bearer.setBearerTokenResolver(new AccessTokensOnly());
        bearer.setAuthenticationEntryPoint(refusal);
        http.addFilter(bearer).addFilterBefore(new RefusalsOfBearers(refusals), BearerTokenAuthenticationFilter.class);
    }

    @Override
    public String challenge() {
        return "Bearer realm=\"Gatehouse\"";
    }

    @Override
    public Optional<Authentication> recheck(Authentication signedIn) {
        return signedIn instanceof KeycloakSession session ? sessions.refresh(session) : Optional.empty();
    }

    private static final class TokensStayInTheSession implements ObjectPostProcessor<OAuth2LoginAuthenticationFilter> {

        @Override
        public <O extends OAuth2LoginAuthenticationFilter> O postProcess(O filter) {
            filter.setAuthenticationResultConverter(KeycloakSession::begun);
            return filter;
        }
    }
}
