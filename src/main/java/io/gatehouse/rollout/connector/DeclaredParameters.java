package io.gatehouse.rollout.connector;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.gatehouse.api.InvalidField;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters a connector declares. What a tool is given matches them in full, whoever wrote it and whenever. */
public final class DeclaredParameters {

    private DeclaredParameters() {}

    /**
     * The patterns as an operator has written them.
     *
     * @throws InvalidSetting if one is none
     */
    public static Map<String, Pattern> compile(Map<String, String> written) {
        return written.entrySet().stream()
                .collect(toUnmodifiableMap(
                        Map.Entry::getKey, entry -> pattern("parameters." + entry.getKey(), entry.getValue())));
    }

    /** @throws InvalidSetting if a plan could give what holds the key of its command */
    public static void withoutKey(Map<String, String> parameters, String key) {
        InvalidSetting.unless(!parameters.containsKey(key), "parameters", key + " is for the key of the command");
    }

    /** @throws InvalidSetting if there are more than the tool takes */
    public static void atMost(int most, Map<String, String> parameters) {
        InvalidSetting.unless(parameters.size() <= most, "parameters", "declare at most " + most);
    }

    /** @throws InvalidSetting if it is none */
    public static Pattern pattern(String setting, String written) {
        try {
            return Pattern.compile(written);
        } catch (PatternSyntaxException none) {
            throw new InvalidSetting(
                    setting,
                    "'" + written + "' is no regular expression (" + none.getDescription() + "); write it as [0-9.]+");
        }
    }

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
