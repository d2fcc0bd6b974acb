package io.gatehouse.api.web;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorViewResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.error.ErrorAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts the API's filters in their order behind Spring Security's (order -100) and in front of every controller. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(ApiProperties.class)
class ApiConfiguration {

    @Bean
    FilterRegistrationBean<ProblemFilter> problemFilter() {
        return register(new ProblemFilter(), -90);
    }

    @Bean
    SignInRefusals signInRefusals(ApiProperties properties, Clock clock, MeterRegistry meters) {
        return new SignInRefusals(new TokenBuckets(properties.refusals().rate(), clock), meters);
    }

    @Bean
    FilterRegistrationBean<RefusedSignInFilter> refusedSignInFilter(SignInRefusals refusals) {
        FilterRegistrationBean<RefusedSignInFilter> registration =
                register(new RefusedSignInFilter(refusals, false), RefusedSignInFilter.ORDER);
        registration.addUrlPatterns("/sign-in");
        return registration;
    }

    /** In front of Spring Security: whose password a browser added is of no interest then. */
    @Bean
    FilterRegistrationBean<OtherSitesFilter> otherSitesFilter() {
        return register(new OtherSitesFilter(), RefusedSignInFilter.ORDER + 1);
    }

    @Bean
    FilterRegistrationBean<RateLimitFilter> rateLimitFilter(ApiProperties properties, Clock clock) {
        return register(new RateLimitFilter(new TokenBuckets(properties.rate(), clock)), -80);
    }

    @Bean
    FilterRegistrationBean<RequestGuardFilter> requestGuardFilter(ApiProperties properties) {
        return register(new RequestGuardFilter(properties.maxBody()), -70);
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            IdempotentRequests requests, PlatformTransactionManager transactions, Clock clock) {
        return register(new IdempotencyFilter(requests, transactions, clock), -60);
    }

    @Bean
    IdempotentRequests idempotentRequests(JdbcClient jdbc) {
        return new IdempotentRequests(jdbc);
    }

    @Bean
    IdempotencyCleanup idempotencyCleanup(IdempotentRequests requests, ApiProperties properties, Clock clock) {
        return new IdempotencyCleanup(requests, properties.keepAnswers(), clock);
    }

    @Bean
    ProblemErrorController problemErrorController(
            ErrorAttributes attributes, ServerProperties server, ObjectProvider<ErrorViewResolver> pages) {
        return new ProblemErrorController(
                attributes, server.getError(), pages.orderedStream().toList());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports() {
        return new ProblemReports();
    }

    private static <T extends Filter> FilterRegistrationBean<T> register(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/api/*");
        registration.setOrder(order);
        return registration;
    }
}
