package io.gatehouse.access;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Finds the row of the permission table for an address as it came over the wire; what is written oddly has none. */
@Component
class TableAddresses {

    /** There is one way to write an address, so one to match. No group repeats in it: a long address would be a deep stack. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:-]*");

    /** Parts of an address in the table that stand for others. */
    private static final Pattern WILDCARD = Pattern.compile("/\\*\\*$|\\{[a-z]+}");

    /** @param beginning what is before the first wildcard, by which nearly all others are ruled out quickly */
    private record Address(String row, String method, String beginning, Pattern path, int wildcards) {

        static Address of(String row) {
            int space = row.indexOf(' ');
            String path = row.substring(space + 1);
            List<MatchResult> wildcards = WILDCARD.matcher(path).results().toList();
            String beginning = wildcards.isEmpty()
                    ? path
                    : path.substring(0, wildcards.get(0).start());
            return new Address(row, row.substring(0, space), beginning, Pattern.compile(regex(path)), wildcards.size());
        }

        private static String regex(String path) {
            StringBuilder regex = new StringBuilder();
            Matcher wildcards = WILDCARD.matcher(path);
            int literal = 0;
            while (wildcards.find()) {
                regex.append(Pattern.quote(path.substring(literal, wildcards.start())))
                        .append(meaning(wildcards.group()));
                literal = wildcards.end();
            }
            return regex.append(Pattern.quote(path.substring(literal))).toString();
        }

        /** An id is the engine's own, so that no word of its interface passes for one: {@code task/count}. */
        private static String meaning(String wildcard) {
            return switch (wildcard) {
                case "/**" -> "(?:/.*)?";
                case "{id}" -> "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
                case "{definition}" -> "[A-Za-z0-9_.-]{1,150}:[0-9]{1,9}:[A-Za-z0-9-]{1,64}";
                default -> "[A-Za-z0-9_.-]{1,200}";
            };
        }

        boolean matches(String method, String path) {
            return this.method.equals(method)
                    && path.startsWith(beginning)
                    && this.path.matcher(path).matches();
        }
    }

    private final List<Address> addresses;

    TableAddresses(PermissionTable table) {
        this.addresses = table.rows().keySet().stream()
                .filter(row -> row.contains(" /"))
                .map(Address::of)
                .sorted(Comparator.comparingInt(Address::wildcards))
                .toList();
    }

    /** The row for a call; the more exact one if two match. */
    Optional<String> rowOf(String method, String path) {
        // No encoded character but the colon of a definition's id.
        String decoded = path.replace("%3A", ":").replace("%3a", ":");
        if (!PLAIN.matcher(decoded).matches() || path.contains("..") || path.contains("//")) {
            return Optional.empty();
        }
        String asked = method.equals("HEAD") ? "GET" : method;
        return addresses.stream()
                .filter(address -> address.matches(asked, decoded))
                .map(Address::row)
                .findFirst();
    }
}
