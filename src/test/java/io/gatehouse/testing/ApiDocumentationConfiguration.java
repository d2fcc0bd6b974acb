package io.gatehouse.testing;

import static org.springframework.restdocs.operation.preprocess.Preprocessors.modifyHeaders;
import static org.springframework.restdocs.operation.preprocess.Preprocessors.prettyPrint;

import org.springframework.boot.test.autoconfigure.restdocs.RestDocsMockMvcConfigurationCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.restdocs.cli.CliDocumentation;
import org.springframework.restdocs.http.HttpDocumentation;

/** Makes every documented operation a curl command and an answer, without the headers that are the same everywhere. */
@TestConfiguration(proxyBeanMethods = false)
class ApiDocumentationConfiguration {

    @Bean
    RestDocsMockMvcConfigurationCustomizer curlAndAnswer() {
        return documentation -> documentation
                .operationPreprocessors()
                .withRequestDefaults(prettyPrint())
                .withResponseDefaults(
                        prettyPrint(),
                        modifyHeaders()
                                .remove("Vary")
                                .remove("X-Content-Type-Options")
                                .remove("X-XSS-Protection")
                                .remove("X-Frame-Options")
                                .remove("Cache-Control")
                                .remove("Pragma")
                                .remove("Expires")
                                .remove("Content-Length"))
                .and()
                .snippets()
                .withDefaults(CliDocumentation.curlRequest(), HttpDocumentation.httpResponse());
    }
}
