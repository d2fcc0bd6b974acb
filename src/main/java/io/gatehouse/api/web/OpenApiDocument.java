package io.gatehouse.api.web;

import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.Problem;
import io.gatehouse.api.ShownOnce;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/**
 * The OpenAPI document at {@code /docs/openapi}. Paths and bodies are read from the controllers; what every operation
 * promises besides (problems, idempotency, preconditions, pages) is said here once.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(PageQuery.class, Precondition.class)
                .replaceWithClass(ShownOnce.class, String.class);
    }

    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Gatehouse")
                        .version("v1")
                        .description("Change and release management at the gate of production. "
                                + "The guide at /docs says what the operations mean."))
                .components(new Components()
                        .schemas(new TreeMap<>(ModelConverters.getInstance().readAll(Problem.class)))
                        .addSecuritySchemes(
                                "bearer",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer"))
                        .addSecuritySchemes(
                                "basic",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")))
                .addSecurityItem(new SecurityRequirement().addList("bearer"))
                .addSecurityItem(new SecurityRequirement().addList("basic"));
    }

    @Bean
    GlobalOperationCustomizer conventions() {
        return OpenApiDocument::describe;
    }

    private static Operation describe(Operation operation, HandlerMethod handler) {
        operation.getResponses().addApiResponse("default", refusal());
        if (handler.hasMethodAnnotation(PostMapping.class)) {
            operation.addParametersItem(new HeaderParameter()
                    .name(IdempotencyKey.HEADER)
                    .description("Makes it safe to send the request again: the first answer is returned for 7 days.")
                    .schema(new StringSchema().minLength(1).maxLength(255)));
        }
        Arrays.stream(handler.getMethodParameters())
                .map(MethodParameter::getParameterType)
                .forEach(type -> describe(operation, type));
        return operation;
    }

    private static void describe(Operation operation, Class<?> argument) {
        if (argument == PageQuery.class) {
            operation.addParametersItem(new QueryParameter()
                    .name("after")
                    .description("What 'next' of the page before said.")
                    .schema(new StringSchema()));
            operation.addParametersItem(new QueryParameter().name("limit").schema(limit()));
        } else if (argument == Precondition.class) {
            operation.addParametersItem(header("If-Match", "The ETag of the version that was read."));
            operation.addParametersItem(header("If-None-Match", "'*' to create what does not exist yet."));
        }
    }

    private static Schema<?> limit() {
        IntegerSchema limit = new IntegerSchema();
        limit.setMinimum(BigDecimal.ONE);
        limit.setMaximum(BigDecimal.valueOf(PageQuery.MAX_LIMIT));
        limit.setDefault(PageQuery.DEFAULT_LIMIT);
        return limit;
    }

    private static HeaderParameter header(String name, String meaning) {
        return (HeaderParameter)
                new HeaderParameter().name(name).description(meaning).schema(new StringSchema());
    }

    private static ApiResponse refusal() {
        return new ApiResponse()
                .description("A problem (RFC 9457) that says what to do.")
                .content(new Content()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
    }
}
