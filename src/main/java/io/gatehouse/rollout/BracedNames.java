package io.gatehouse.rollout;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in braces, as in <code>{version}</code>, that stand for what their author says elsewhere. Others stay. */
final class BracedNames {

    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");

    private BracedNames() {}

    static String fill(String value, Map<String, String> meanings) {
        return NAME.matcher(value)
                .replaceAll(name -> Matcher.quoteReplacement(meanings.getOrDefault(name.group(1), name.group())));
    }

    static Map<String, String> fill(Map<String, String> values, Map<String, String> meanings) {
        Map<String, String> filled = new TreeMap<>();
        values.forEach((key, value) -> filled.put(key, fill(value, meanings)));
        return filled;
    }
}
