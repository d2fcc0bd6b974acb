package io.gatehouse.access;

import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the engine's web applications take the person from our session instead of asking for a name and a password. */
@Configuration
class WebappSignIn {

    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> webappPerson() {
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> filter =
                new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        filter.addInitParameter("authentication-provider", WebappPerson.class.getName());
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        // Behind Spring Security, which knows the person, and in front of the applications' own filters.
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 2);
        return filter;
    }
}
