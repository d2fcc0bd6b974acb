package io.gatehouse.engine.web;

import io.gatehouse.access.Permissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The calls of the engine's web applications that the permission table has a row for, and no other: behind the same
 * address lies the whole interface of the engine, which knows none of our rules. What the Tasklist offers besides
 * (assign somebody else, delegate, change a date, make a filter, start a process) has no row on purpose.
 */
@Component
class WebappCalls {

    /** No encoded character but the colon of a definition's id: there is one way to write an address, so one to match. */
    private static final Pattern PLAIN = Pattern.compile("(?:[A-Za-z0-9._/:-]|%3[Aa])*");

    /** Parts of an address in the table that stand for others. */
    private static final Pattern WILDCARD = Pattern.compile("/\\*\\*$|\\{[a-z]+}");

    private record Call(String row, String method, Pattern path) {

        static Call of(String row) {
            int space = row.indexOf(' ');
            return new Call(row, row.substring(0, space), Pattern.compile(regex(row.substring(space + 1))));
        }

        private static String regex(String address) {
            StringBuilder regex = new StringBuilder();
            Matcher wildcards = WILDCARD.matcher(address);
            int literal = 0;
            while (wildcards.find()) {
                regex.append(Pattern.quote(address.substring(literal, wildcards.start())))
                        .append(meaning(wildcards.group()));
                literal = wildcards.end();
            }
            return regex.append(Pattern.quote(address.substring(literal))).toString();
        }

        private static String meaning(String wildcard) {
            return switch (wildcard) {
                case "/**" -> "(/.*)?";
                case "{definition}" -> "[A-Za-z0-9_.:-]{1,255}";
                default -> "[A-Za-z0-9_-]{1,64}";
            };
        }

        boolean matches(String method, String path) {
            return this.method.equals(method) && this.path.matcher(path).matches();
        }
    }

    private final List<Call> calls;

    WebappCalls(Permissions permissions) {
        this.calls = permissions.names().stream()
                .filter(name -> name.contains(" /camunda/"))
                .map(Call::of)
                .toList();
    }

    /** The row for a call; {@code path} is as it came over the wire. */
    Optional<String> rowOf(String method, String path) {
        if (!PLAIN.matcher(path).matches() || path.contains("..") || path.contains("//")) {
            return Optional.empty();
        }
        String asked = method.equals("HEAD") ? "GET" : method;
        String decoded = path.replace("%3A", ":").replace("%3a", ":");
        return calls.stream()
                .filter(call -> call.matches(asked, decoded))
                .map(Call::row)
                .findFirst();
    }
}
