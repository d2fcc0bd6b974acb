package io.gatehouse.access.web;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SafeHeadersConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> safeHeaders(
            @Value("${gatehouse.keycloak.issuer:}") String issuer) {
        return factory -> factory.addEngineValves(new SafeHeaders(originOf(issuer)));
    }

    @Bean
    FilterRegistrationBean<SecureCookies> secureCookies() {
        FilterRegistrationBean<SecureCookies> filter = new FilterRegistrationBean<>(new SecureCookies());
        filter.addUrlPatterns("/camunda/*");
        return filter;
    }

    /** Before the filters of the engine's web applications, which come last. */
    @Bean
    FilterRegistrationBean<NonceOfItsOwn> nonceOfItsOwn() {
        FilterRegistrationBean<NonceOfItsOwn> filter = new FilterRegistrationBean<>(new NonceOfItsOwn());
        filter.addUrlPatterns("/camunda/*");
        filter.setOrder(0);
        return filter;
    }

    private static String originOf(String issuer) {
        if (issuer.isEmpty()) {
            return "";
        }
        URI address = URI.create(issuer);
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
