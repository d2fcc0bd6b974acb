package io.gatehouse.rollout;

import io.gatehouse.crash.History;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/**
 * One tool of each kind, with a journal of its own of what it was told and did. It does whatever it is told, and more
 * than once unless it is the one that recognises keys.
 */
@TestComponent
class JournaledTools implements ConnectorSource {

    /** What befalls an order. */
    interface Fate {

        /** Before the tool has done it; an error is the end of whoever called. */
        default void taken(ConnectorCall call) {}

        /** When it is done and nobody knows. */
        default ConnectorAnswer done(ConnectorCall call) {
            return ConnectorAnswer.succeeded("as told");
        }
    }

    private final CommandRows commands;
    private final List<History.Request> journal = new ArrayList<>();
    private final Map<String, Fate> fates = new HashMap<>();
    private final Map<String, ConnectorAnswer> answers = new HashMap<>();
    private long clock;

    JournaledTools(CommandRows commands) {
        this.commands = commands;
    }

    static String name(AfterCrash afterCrash) {
        return "journaled-" + afterCrash.name().toLowerCase(Locale.ROOT);
    }

    /** What a history needs to know about the connectors. */
    static Map<String, String> afterCrash() {
        return Arrays.stream(AfterCrash.values()).collect(Collectors.toMap(JournaledTools::name, AfterCrash::name));
    }

    @Override
    public List<Connector> connectors() {
        return Arrays.stream(AfterCrash.values()).<Connector>map(Tool::new).toList();
    }

    void befall(int seq, CommandKind kind, Fate fate) {
        fates.put(kind + " " + seq, fate);
    }

    void forgetFates() {
        fates.clear();
    }

    List<History.Request> journal() {
        return List.copyOf(journal);
    }

    boolean executed(String rollout, int seq, CommandKind kind) {
        return journal.stream()
                .anyMatch(request ->
                        request.executed() && request.move().equals(new History.Move(rollout, seq, kind.name())));
    }

    /** What it was told about this step of this rollout. */
    List<History.Request> requests(String rollout, int seq, CommandKind kind) {
        return journal.stream()
                .filter(request -> request.move().equals(new History.Move(rollout, seq, kind.name())))
                .toList();
    }

    /** It was told in a time that the product knows nothing of. */
    void hasDone(Command command) {
        History.Move move = new History.Move(
                RolloutNumber.of(command.rollout()),
                command.seq(),
                command.kind().name());
        journal.add(new History.Request(command.key(), move, 1, true, ++clock, ++clock));
    }

    /** Nobody waits for it, but a tool goes on with what it has begun. */
    void finishWork() {
        journal.replaceAll(request -> request.ended() == Long.MAX_VALUE ? ended(request) : request);
    }

    private History.Request ended(History.Request request) {
        return new History.Request(
                request.key(), request.move(), request.fence(), request.executed(), request.began(), ++clock);
    }

    private static History.Request notExecuted(History.Request request) {
        return new History.Request(
                request.key(), request.move(), request.fence(), false, request.began(), request.ended());
    }

    private final class Tool implements Connector {

        private final AfterCrash afterCrash;

        Tool(AfterCrash afterCrash) {
            this.afterCrash = afterCrash;
        }

        @Override
        public String name() {
            return JournaledTools.name(afterCrash);
        }

        @Override
        public String kind() {
            return "journaled";
        }

        @Override
        public Map<String, Pattern> parameters() {
            return Map.of("version", Pattern.compile("[0-9.]{1,9}"));
        }

        @Override
        public AfterCrash afterCrash() {
            return afterCrash;
        }

        @Override
        public boolean canBeAsked() {
            return afterCrash == AfterCrash.QUERYABLE;
        }

        @Override
        public Duration askEvery() {
            return Duration.ZERO;
        }

        @Override
        public ConnectorAnswer call(ConnectorCall call) {
            boolean executes = afterCrash != AfterCrash.DEDUPLICATES || !isKnown(call.key());
            journal.add(new History.Request(
                    call.key(),
                    new History.Move(call.rollout(), call.seq(), call.kind().name()),
                    fenceOf(call),
                    executes,
                    ++clock,
                    Long.MAX_VALUE));
            Fate fate = fates.getOrDefault(call.kind() + " " + call.seq(), new Fate() {});
            if (executes) {
                fate.taken(call);
            }
            finishWork();
            if (executes) {
                answers.put(call.key(), fate.done(call));
            }
            ConnectorAnswer answer = answerTo(call.key());
            if (answer.outcome() == ConnectorAnswer.Outcome.REFUSED) {
                journal.replaceAll(request -> request.key().equals(call.key()) ? notExecuted(request) : request);
            }
            return answer;
        }

        private long fenceOf(ConnectorCall call) {
            return commands.list(RolloutNumber.idOf(call.rollout()), call.seq()).stream()
                    .filter(command -> command.key().equals(call.key()))
                    .findFirst()
                    .orElseThrow()
                    .fence();
        }

        /** It says once that it is still at work before it has ended. */
        @Override
        public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
            boolean atWork = journal.stream()
                    .anyMatch(request -> request.key().equals(call.key()) && request.ended() == Long.MAX_VALUE);
            finishWork();
            if (atWork) {
                return ConnectorAnswer.accepted(null);
            }
            return isKnown(call.key()) ? answerTo(call.key()) : ConnectorAnswer.neverSeen();
        }

        private ConnectorAnswer answerTo(String key) {
            return answers.getOrDefault(key, ConnectorAnswer.succeeded("as told"));
        }

        private boolean isKnown(String key) {
            return journal.stream().anyMatch(request -> request.key().equals(key));
        }
    }
}
