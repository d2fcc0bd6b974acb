package io.gatehouse.rollout.connector;

import io.gatehouse.api.InvalidField;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters a connector declares. What a tool is given matches them in full, whoever wrote it and whenever. */
public final class DeclaredParameters {

    private DeclaredParameters() {}

    /** What is wrong with the given parameters; nothing if they are as declared. */
    public static List<InvalidField> check(Connector connector, Map<String, String> given) {
        return check(connector, given, Set.of());
    }

    /** The same, but for the values of {@code later}, which are not known yet. */
    public static List<InvalidField> check(Connector connector, Map<String, String> given, Set<String> later) {
        Map<String, Pattern> declared = connector.parameters();
        Stream<InvalidField> wrong = declared.entrySet().stream()
                .filter(parameter -> !later.contains(parameter.getKey()))
                .filter(parameter -> !matches(parameter.getValue(), given.get(parameter.getKey())))
                .map(parameter -> new InvalidField(parameter.getKey(), "must match " + parameter.getValue()));
        Stream<InvalidField> unknown = given.keySet().stream()
                .filter(name -> !declared.containsKey(name))
                .map(name -> new InvalidField(name, "is not a parameter of this connector"));
        return Stream.concat(wrong, unknown)
                .sorted((a, b) -> a.field().compareTo(b.field()))
                .toList();
    }

    private static boolean matches(Pattern pattern, @Nullable String value) {
        return value != null && pattern.matcher(value).matches();
    }
}
