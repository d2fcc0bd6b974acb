package io.gatehouse.rollout.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query in PromQL with {@code ${parameter}} within quotes. Whatever a value holds, it stays the text of that one
 * label, and a part of no other: quotes end nowhere else, and in a regular expression every character stands for itself.
 */
final class QueryTemplate {

    /** How a part gets into the query. */
    private enum Kind {
        /** As the operator wrote it. */
        TEXT,
        /** A value in a string. */
        VALUE,
        /** A value in a string that is a regular expression. */
        VALUE_IN_PATTERN
    }

    private record Part(Kind kind, String text) {}

    private final List<Part> parts;

    private QueryTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a query.
     *
     * @param declared the parameters that a plan gives
     * @throws IllegalArgumentException for a parameter that is not declared, or where it could become more than a text
     */
    static QueryTemplate parse(String query, Set<String> declared) {
        return new QueryTemplate(new Reader(query, declared).parts());
    }

    /**
     * Refuses queries that do not have all the parameters. One that is missing may have been taken for a variable of the
     * environment when the settings were read: they are written in the same way.
     *
     * @throws IllegalArgumentException also for what {@link #parse} refuses
     */
    static void requireAll(Set<String> declared, String... queries) {
        Set<String> used = Stream.of(queries)
                .flatMap(query -> parse(query, declared).parts.stream())
                .filter(part -> part.kind() != Kind.TEXT)
                .map(Part::text)
                .collect(Collectors.toSet());
        if (!used.equals(declared)) {
            throw new IllegalArgumentException("the query has only the parameters " + used + " of " + declared
                    + "; call one otherwise if the environment has a variable of that name");
        }
    }

    /** The query with a value for each parameter. */
    String fill(Map<String, String> values) {
        return parts.stream()
                .map(part -> switch (part.kind()) {
                    case TEXT -> part.text();
                    case VALUE -> inString(values.getOrDefault(part.text(), ""));
                    case VALUE_IN_PATTERN -> inString(inPattern(values.getOrDefault(part.text(), "")));
                })
                .collect(Collectors.joining());
    }

    /** In RE2 a backslash takes the meaning from any character of ASCII that is no letter and no digit. */
    private static String inPattern(String value) {
        return value.replaceAll("[\\p{ASCII}&&[^A-Za-z0-9]]", "\\\\$0");
    }

    /** By its number a character ends no string, whichever quotes it has. */
    private static String inString(String value) {
        return value.codePoints()
                .mapToObj(c -> c < ' ' || c == 0x7f || "\"'`\\".indexOf(c) >= 0
                        ? "\\u%04x".formatted(c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** Goes through a query and knows at each place whether it is within quotes. */
    private static final class Reader {

        private static final char NONE = 0;

        private final String query;
        private final Set<String> declared;
        private final List<Part> parts = new ArrayList<>();
        private char quote = NONE;
        private boolean pattern;
        private int at;
        private int from;

        Reader(String query, Set<String> declared) {
            this.query = query;
            this.declared = declared;
        }

        List<Part> parts() {
            for (at = 0; at < query.length(); at++) {
                if (query.startsWith("${", at)) {
                    readParameter();
                } else if (quote == NONE) {
                    outside(query.charAt(at));
                } else {
                    inside(query.charAt(at));
                }
            }
            endText();
            return parts;
        }

        private void outside(char c) {
            if (c == '#') {
                int end = query.indexOf('\n', at);
                at = end < 0 ? query.length() : end;
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
                String before = query.substring(0, at).stripTrailing();
                pattern = before.endsWith("=~") || before.endsWith("!~");
            }
        }

        private void inside(char c) {
            if (c == '\\' && quote != '`') {
                at++;
            } else if (c == quote) {
                quote = NONE;
            }
        }

        private void readParameter() {
            int end = query.indexOf('}', at);
            String name = end < 0 ? query.substring(at) : query.substring(at + 2, end);
            if (!declared.contains(name)) {
                throw new IllegalArgumentException("${" + name + "} in the query is no declared parameter");
            }
            if (quote != '"' && quote != '\'') {
                throw new IllegalArgumentException("put ${" + name + "} within the quotes of a label's value");
            }
            endText();
            parts.add(new Part(pattern ? Kind.VALUE_IN_PATTERN : Kind.VALUE, name));
            at = end;
            from = end + 1;
        }

        private void endText() {
            if (from < query.length()) {
                parts.add(new Part(Kind.TEXT, query.substring(from, Math.min(at, query.length()))));
            }
        }
    }
}
