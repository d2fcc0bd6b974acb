package io.gatehouse.access.web;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * The same headers at the management port, which is a server of its own. Named in {@code META-INF/spring}; it is no
 * configuration of the application itself.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementPortHeaders {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> safeHeadersOfManagement() {
        return factory -> factory.addEngineValves(new SafeHeaders(""));
    }
}
