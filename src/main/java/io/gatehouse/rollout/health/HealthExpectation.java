package io.gatehouse.rollout.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a healthy address answers. */
record HealthExpectation(HealthSettings settings) {

    private static final int SHOWN = 200;

    /** In words, what is expected. */
    String words(Optional<String> version) {
        return Stream.of(
                        Optional.of("status " + settings.status()),
                        version.map(expected -> "version " + expected),
                        Optional.ofNullable(settings.text()).map(text -> "the text '" + text + "'"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    /** In words, what was expected and what was found instead; nothing if all is well. */
    List<String> missedBy(ToolReply reply, Optional<String> version) {
        List<String> wrong = new ArrayList<>();
        if (reply.status() != settings.status()) {
            wrong.add("expected status " + settings.status() + ", found " + reply.status());
        }
        version.filter(expected -> !versionIn(reply).equals(version))
                .ifPresent(expected -> wrong.add("expected version " + expected + ", found "
                        + versionIn(reply).map(HealthExpectation::cut).orElse("none")));
        String text = settings.text();
        if (text != null && !reply.text().contains(text)) {
            wrong.add("expected the text '" + text + "', found '" + cut(reply.text()) + "'");
        }
        return wrong;
    }

    private Optional<String> versionIn(ToolReply reply) {
        String pattern = settings.versionPattern();
        if (pattern == null) {
            return versionAt(Objects.requireNonNull(settings.versionPointer()), reply);
        }
        Matcher version = Pattern.compile(pattern).matcher(reply.text());
        return version.find() ? Optional.ofNullable(version.group(1)) : Optional.empty();
    }

    private static Optional<String> versionAt(String pointer, ToolReply reply) {
        try {
            JsonNode version = reply.json().at(pointer);
            return version.isValueNode() && !version.isNull() ? Optional.of(version.asText()) : Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
