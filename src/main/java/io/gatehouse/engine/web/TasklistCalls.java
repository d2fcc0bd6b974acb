package io.gatehouse.engine.web;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The calls the Tasklist makes to show tasks, claim them and hand in their forms, and no other: behind the same address
 * lies the whole interface of the engine, which knows none of our rules. A call the Tasklist offers besides (assign
 * somebody else, delegate, change a date, make a filter, start a process) is refused here on purpose.
 */
final class TasklistCalls {

    private static final Set<String> READ = Set.of("GET", "HEAD");

    private static final String ID = "[A-Za-z0-9_-]{1,64}";

    /** No encoded character but the colon of a definition's id: there is one way to write an address, so one to match. */
    private static final Pattern PLAIN = Pattern.compile("(?:[A-Za-z0-9._/:-]|%3[Aa])*");

    private static final List<Call> ALLOWED = List.of(
            new Call(READ, "/camunda/favicon\\.ico"),
            new Call(READ, "/camunda/(lib|assets|app/tasklist)(/.*)?"),
            new Call(READ, "/camunda/api/tasklist/plugin/.*"),
            new Call(READ, "/camunda/api/admin/auth/user/default"),
            new Call(Set.of("POST"), "/camunda/api/admin/auth/user/default/(login/tasklist|logout)"),
            new Call(READ, "/camunda/api/engine/engine/?"),
            engine(READ, "user/" + ID + "/profile"),
            engine(READ, "authorization/check"),
            engine(READ, "process-definition/[A-Za-z0-9_.:-]{1,255}(/xml)?"),
            engine(READ, "task/" + ID),
            engine(READ, "task/" + ID + "/(form|deployed-form|form-variables|identity-links)"),
            engine(READ, "filter(/count|/" + ID + ")?"),
            engine(Set.of("OPTIONS"), "filter(/" + ID + ")?"),
            engine(Set.of("POST"), "filter/" + ID + "/(list|count)"),
            engine(Set.of("POST"), "task(/count)?"),
            engine(Set.of("POST"), "task/" + ID + "/(claim|unclaim|submit-form)"));

    private record Call(Set<String> methods, Pattern path) {

        Call(Set<String> methods, String path) {
            this(methods, Pattern.compile(path));
        }
    }

    private TasklistCalls() {}

    /** Whether the Tasklist needs this call; {@code path} is as it came over the wire. */
    static boolean allow(String method, String path) {
        String decoded = path.replace("%3A", ":").replace("%3a", ":");
        return PLAIN.matcher(path).matches()
                && !path.contains("..")
                && !path.contains("//")
                && ALLOWED.stream()
                        .anyMatch(call -> call.methods().contains(method)
                                && call.path().matcher(decoded).matches());
    }

    private static Call engine(Set<String> methods, String path) {
        return new Call(methods, "/camunda/api/engine/engine/default/" + path);
    }
}
