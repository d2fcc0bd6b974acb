package io.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.testing.RunningSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@RunningSample
class OpenApiDocumentTests {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void describesEveryOperationOfTheApiAndNoOther() {
        Set<String> offered = new TreeSet<>();
        requestMappingHandlerMapping.getHandlerMethods().keySet().forEach(mapping -> mapping.getPathPatternsCondition()
                .getPatternValues()
                .forEach(path -> mapping.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> offered.add(method + " " + path))));
        offered.removeIf(operation -> !operation.contains(" /api/v1/"));

        assertThat(operations()).extracting(Described::name).containsExactlyInAnyOrderElementsOf(offered);
    }

    @Test
    void saysThatEveryOperationAnswersRefusalsWithAProblem() {
        assertThat(operations()).allSatisfy(operation -> assertThat(operation
                        .node()
                        .at("/responses/default/content/application~1problem+json/schema/$ref")
                        .asText())
                .as(operation.name())
                .isEqualTo("#/components/schemas/Problem"));
    }

    @Test
    void tellsOfTheIdempotencyKeyWhereItCounts() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(parameters(operation).contains("Idempotency-Key"))
                        .as(operation.name())
                        .isEqualTo(operation.name().startsWith("POST")));
    }

    @Test
    void tellsHowToPageListsAndHowToGuardUpdates() {
        assertThat(parameters(operation("GET /api/v1/changes"))).contains("after", "limit", "state");
        assertThat(parameters(operation("PUT /api/v1/changes/{number}"))).contains("If-Match", "number");
    }

    @Test
    void hasEverySchemaItRefersTo() {
        JsonNode document = document();
        Matcher reference = Pattern.compile("\"#(/[^\"]+)\"").matcher(document.toString());

        assertThat(reference.results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(pointer -> assertThat(document.at(pointer).isMissingNode())
                        .as(pointer)
                        .isFalse());
    }

    record Described(String name, JsonNode node) {}

    private List<Described> operations() {
        List<Described> operations = new ArrayList<>();
        document().get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method -> operations.add(new Described(
                        method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue()))));
        return operations;
    }

    private Described operation(String name) {
        return operations().stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> parameters(Described operation) {
        List<String> names = new ArrayList<>();
        operation
                .node()
                .path("parameters")
                .forEach(parameter -> names.add(parameter.get("name").asText()));
        return names;
    }

    private JsonNode document() {
        return http.getForObject("/docs/openapi", JsonNode.class);
    }
}
