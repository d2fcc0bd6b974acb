package io.gatehouse.api.web;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * The management port, a server of its own, counts refusals with the others and answers what the container refuses as they
 * do. Named in {@code META-INF/spring}; it is no configuration of the application itself.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementPortRefusals {

    @Bean
    FilterRegistrationBean<RefusedSignInFilter> refusedSignInFilterOfManagement(SignInRefusals refusals) {
        FilterRegistrationBean<RefusedSignInFilter> registration =
                new FilterRegistrationBean<>(new RefusedSignInFilter(refusals, true));
        registration.setOrder(RefusedSignInFilter.ORDER);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReportsOfManagement() {
        return new ProblemReports();
    }
}
