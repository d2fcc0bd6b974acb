package io.gatehouse.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What every form must keep: whoever decides is shown what the one that ships shows, and is asked what that asks, with
 * the same answers under the same labels. Order, words and further text are free. Nothing is hidden but what the one that
 * ships hides as well, nothing computed, fetched or filled in beforehand.
 */
final class FormRule {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int MOST = 100;
    private static final Set<String> FORM = Set.of(
            "schemaVersion",
            "id",
            "type",
            "executionPlatform",
            "executionPlatformVersion",
            "exporter",
            "components",
            "versionTag");
    private static final Set<String> SHOWING = Set.of("text", "separator", "spacer");
    private static final Set<String> ASKING = Set.of("textfield", "textarea", "radio", "checkbox");
    private static final Set<String> COMPONENT = Set.of(
            "type",
            "id",
            "key",
            "label",
            "text",
            "description",
            "disabled",
            "values",
            "validate",
            "layout",
            "conditional");

    /** What a question of the one that ships says is not changed. */
    private static final List<String> KEPT = List.of("type", "disabled", "values", "validate", "conditional");

    private static final Pattern FIELD = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern MARKUP = Pattern.compile("^\\s*=|[<{}]|]\\s*[(\\[:]|://|(?i)\\bwww\\.");

    private final String file;
    private final JsonNode form;
    private final JsonNode shipped;
    private final List<String> found = new ArrayList<>();

    private FormRule(String file, JsonNode form, JsonNode shipped) {
        this.file = file;
        this.form = form;
        this.shipped = shipped;
    }

    static List<String> breaches(String file, String text, String shipped) {
        try {
            return new FormRule(file, JSON.readTree(text), JSON.readTree(shipped)).breaches();
        } catch (JsonProcessingException e) {
            return List.of("The file must be JSON as the Modeler writes it, with no name twice");
        }
    }

    private List<String> breaches() {
        if (!form.isObject()
                || !form.path("components").isArray()
                || form.path("components").size() > MOST) {
            return List.of("The file must hold one form with at most " + MOST + " components");
        }
        onlyKnown("The form", form, FORM);
        require(
                (form.path("id").asText() + ".form").equals(file)
                        && form.path("type").asText().equals("default"),
                "Its id must be the name of the file and its type default");
        require(
                form.path("executionPlatform").asText().equals("Camunda Platform"),
                "It must be made for the Camunda Platform");
        form.path("components").forEach(this::component);
        require(new HashSet<>(texts(form, "id")).size() == texts(form, "id").size(), "No id may be there twice");
        questions();
        require(
                fields(form).containsAll(fields(shipped)),
                "It must show " + fields(shipped) + ", in double braces, and shows " + fields(form));
        return List.copyOf(found);
    }

    private void component(JsonNode component) {
        String name = "The component " + component.path("id").asText();
        String type = component.path("type").asText();
        require(
                SHOWING.contains(type) || ASKING.contains(type),
                name + " is of the type " + type + "; there may be " + new TreeSet<>(SHOWING) + " and "
                        + new TreeSet<>(ASKING));
        require(component.path("id").asText().matches("\\w{1,80}"), name + " needs an id of letters and digits");
        require(ASKING.contains(type) == component.has("key"), name + " must have a key exactly if it is a field");
        require(ASKING.contains(type) || !component.has("conditional"), name + " must always be shown");
        onlyKnown(name, component, COMPONENT);
        for (String words : List.of("text", "label", "description")) {
            JsonNode value = component.path(words);
            require(value.isMissingNode() || value.isTextual(), name + " must have text as its " + words);
            words(name, value.asText());
        }
        JsonNode layout = component.path("layout");
        require(layout.isMissingNode() || layout.isObject(), name + " must have its layout as the Modeler writes it");
        onlyKnown("The layout of " + name, layout, Set.of("row", "columns"));
    }

    /** Text and the fields that the form of this task shows: no markup that a browser acts on, nothing computed. */
    private void words(String name, String words) {
        Set<String> unknown = new TreeSet<>(fieldsOf(words));
        unknown.removeAll(fields(shipped));
        unknown.removeAll(questions(shipped).keySet());
        require(unknown.isEmpty(), name + " shows " + unknown + ", which nobody fills in");
        require(
                !MARKUP.matcher(FIELD.matcher(words).replaceAll("")).find(),
                name + " must be plain text: no markup, no links, no expressions");
    }

    private void questions() {
        List<String> keys = texts(form, "key");
        Map<String, JsonNode> asked = questions(form);
        Map<String, JsonNode> needed = questions(shipped);
        require(
                asked.keySet().equals(needed.keySet()) && keys.size() == asked.size(),
                "Its fields must be " + needed.keySet() + ", each once, not " + keys);
        asked.forEach((key, field) -> {
            JsonNode original = needed.get(key);
            if (original != null) {
                KEPT.stream()
                        .filter(kept -> !field.path(kept).equals(original.path(kept)))
                        .forEach(kept -> found.add("The field " + key + " must keep its " + kept));
                // What it asks about is written by others, and which of them it is must not be mixed up.
                require(
                        fieldsOf(original.path("label").asText()).isEmpty()
                                || field.path("label").equals(original.path("label")),
                        "The field " + key + " must keep its label");
            }
        });
    }

    private void onlyKnown(String name, JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                found.add(name + " has " + field + ", which forms may not have");
            }
        });
    }

    private void require(boolean kept, String sentence) {
        if (!kept) {
            found.add(sentence);
        }
    }

    private static Map<String, JsonNode> questions(JsonNode form) {
        Map<String, JsonNode> questions = new TreeMap<>();
        form.path("components").forEach(component -> {
            if (component.has("key")) {
                questions.put(component.path("key").asText(), component);
            }
        });
        return questions;
    }

    private static Set<String> fields(JsonNode form) {
        Set<String> fields = new TreeSet<>();
        texts(form, "text").forEach(text -> fields.addAll(fieldsOf(text)));
        texts(form, "label").forEach(label -> fields.addAll(fieldsOf(label)));
        return fields;
    }

    private static Set<String> fieldsOf(String text) {
        Set<String> fields = new TreeSet<>();
        FIELD.matcher(text).results().map((MatchResult field) -> field.group(1)).forEach(fields::add);
        return fields;
    }

    private static List<String> texts(JsonNode form, String name) {
        return StreamSupport.stream(form.path("components").spliterator(), false)
                .filter(component -> component.has(name))
                .map(component -> component.path(name).asText())
                .filter(Objects::nonNull)
                .toList();
    }
}
