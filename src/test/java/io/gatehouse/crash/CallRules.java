package io.gatehouse.crash;

import io.gatehouse.crash.History.Command;
import io.gatehouse.crash.History.Move;
import io.gatehouse.crash.History.Request;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** C1 to C4: what a tool is told. */
final class CallRules {

    private final History history;
    private final Map<String, List<Request>> byKey;
    private final Map<String, Command> commands;

    private CallRules(History history) {
        this.history = history;
        this.byKey = history.requests().stream()
                .collect(Collectors.groupingBy(Request::key, TreeMap::new, Collectors.toList()));
        this.commands = history.commands().stream().collect(Collectors.toMap(Command::key, Function.identity()));
    }

    static Stream<Breach> breaches(History history) {
        CallRules rules = new CallRules(history);
        return Stream.of(
                        rules.executedTwice(),
                        rules.commandedByNobody(),
                        rules.attemptsNotAudited(),
                        rules.doneAndNotExecuted(),
                        rules.sentAgainUnseen(),
                        rules.outOfOrder())
                .flatMap(breaches -> breaches);
    }

    private Stream<Breach> executedTwice() {
        return byKey.entrySet().stream()
                .filter(key -> key.getValue().stream().filter(Request::executed).count() > 1)
                .map(key -> new Breach("C1", "The tool executed " + key.getKey() + " more than once."));
    }

    private Stream<Breach> commandedByNobody() {
        return byKey.keySet().stream()
                .filter(key -> !commands.containsKey(key))
                .map(key -> new Breach("C2", "The tool was told " + key + ", which is no command."));
    }

    private Stream<Breach> attemptsNotAudited() {
        Map<Move, Long> written =
                history.commands().stream().collect(Collectors.groupingBy(Command::move, Collectors.counting()));
        Map<Move, Long> audited = history.trail().stream()
                .filter(entry -> entry.action().equals("rollout.Commanded"))
                .collect(Collectors.groupingBy(
                        entry -> new Move(entry.object(), Integer.parseInt(entry.fact("seq")), entry.fact("kind")),
                        Collectors.counting()));
        return Stream.concat(written.keySet().stream(), audited.keySet().stream())
                .distinct()
                .filter(move -> !written.getOrDefault(move, 0L).equals(audited.getOrDefault(move, 0L)))
                .map(move -> new Breach(
                        "C2",
                        "%s has %d commands and %d audited attempts."
                                .formatted(move, written.getOrDefault(move, 0L), audited.getOrDefault(move, 0L))));
    }

    private Stream<Breach> doneAndNotExecuted() {
        return history.commands().stream()
                .filter(command -> command.state().equals("DONE"))
                .filter(command ->
                        byKey.getOrDefault(command.key(), List.of()).stream().noneMatch(Request::executed))
                .map(command -> new Breach("C2", command.key() + " is DONE and the tool never executed it."));
    }

    private Stream<Breach> sentAgainUnseen() {
        return byKey.entrySet().stream()
                .filter(key -> key.getValue().size() > 1 && commands.containsKey(key.getKey()))
                .flatMap(key -> sentAgain(commands.get(key.getKey()), key.getValue()));
    }

    private static Stream<Breach> sentAgain(Command command, List<Request> requests) {
        List<Long> fences =
                requests.stream().map(Request::fence).filter(fence -> fence > 0).toList();
        boolean sharedLease = fences.stream().distinct().count() < fences.size();
        if (command.afterCrash().equals("NEITHER")) {
            return Stream.of(new Breach(
                    "C3", command.key() + " was sent again to a tool that neither recognises nor can be asked."));
        }
        return command.maybeSent() && !sharedLease
                ? Stream.empty()
                : Stream.of(new Breach("C3", command.key() + " was sent again and the ledger knows of no second try."));
    }

    private Stream<Breach> outOfOrder() {
        return byKey.entrySet().stream()
                .filter(key ->
                        !isAscending(key.getValue().stream().map(Request::fence).toList()))
                .map(key -> new Breach("C4", "An older lease of " + key.getKey() + " sent after a younger one."));
    }

    private static boolean isAscending(List<Long> fences) {
        return fences.equals(fences.stream().sorted().toList());
    }
}
