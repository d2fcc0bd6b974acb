package io.gatehouse.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.autoconfigure.restdocs.AutoConfigureRestDocs;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * Records requests and answers for the guide at {@code /docs} against the whole application with the sample organisation.
 *
 * <p>So what the guide shows is what the product answers. All documentation tests share one context and one database;
 * who changes something rolls it back ({@code @Transactional}) or uses names of their own. {@link Snippets#operation}
 * records, under {@code <resource>/<test method>} with the method in kebab-case; the guide includes it from there.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("sample")
@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
@ActiveProfiles("sample")
@AutoConfigureMockMvc
@AutoConfigureRestDocs(uriPort = 8080)
@Import(ApiDocumentationConfiguration.class)
@OnH2
public @interface ApiDocumentationTest {}
