package io.gatehouse.rollout;

import static java.util.stream.Collectors.toMap;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorSource;
import io.gatehouse.rollout.connector.Notice;
import io.gatehouse.rollout.connector.Stopping;
import io.gatehouse.rollout.connector.WebhookSecret;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/**
 * Three tools that succeed unless told otherwise and remember every call: {@code tool} recognises repetitions,
 * {@code asked} can be asked, {@code blind} can do neither. {@code stoppable} can be asked and stopped, {@code program}
 * stopped while it is called; {@code noticed} is asked once an hour. {@code site-dev}, {@code site-staging}
 * and {@code site-production} are the same tool in each environment. Two more stand for the tools of the sample process.
 */
@TestComponent
class ScriptedTools implements ConnectorSource {

    private static final Pattern VALUES = Pattern.compile("[a-z0-9.]{1,20}");

    static final WebhookSecret SECRET = WebhookSecret.parse("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");

    /** What notices of all of them are proven by. */
    static final String NOTICE_SECRET = "something has changed";

    /** One call as the tool saw it. */
    record Call(
            String tool,
            String rollout,
            int seq,
            CommandKind kind,
            int attempt,
            String key,
            Map<String, String> parameters) {}

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<Function<ConnectorCall, ConnectorAnswer>>> scripts = new ConcurrentHashMap<>();
    private final Map<String, ConnectorAnswer> answersToQuestions = new ConcurrentHashMap<>();
    private final Map<String, ConnectorAnswer> answersToStops = new ConcurrentHashMap<>();
    private final List<String> stops = new CopyOnWriteArrayList<>();

    @Override
    public List<Connector> connectors() {
        return List.of(
                new Tool("tool", AfterCrash.DEDUPLICATES),
                new Tool("asked", AfterCrash.QUERYABLE),
                new Tool("blind", AfterCrash.NEITHER),
                new Tool("stoppable", AfterCrash.QUERYABLE, Stopping.ONCE_TAKEN),
                new Tool("noticed", AfterCrash.QUERYABLE),
                new Tool("site-dev", AfterCrash.DEDUPLICATES),
                new Tool("site-staging", AfterCrash.DEDUPLICATES),
                new Tool("site-production", AfterCrash.DEDUPLICATES),
                new Tool("program", AfterCrash.NEITHER, Stopping.DURING_THE_CALL),
                new Tool("sample-deploy", AfterCrash.DEDUPLICATES, "part", "version"),
                new Tool("sample-undo", AfterCrash.DEDUPLICATES, "part", "version"));
    }

    /** The next answer to the command of this kind for this step of this rollout. */
    void answer(String rollout, int seq, CommandKind kind, ConnectorAnswer answer) {
        during(rollout, seq, kind, call -> answer);
    }

    /** What happens while the tool is called. */
    void during(String rollout, int seq, CommandKind kind, Function<ConnectorCall, ConnectorAnswer> script) {
        scripts.computeIfAbsent(rollout + seq + kind, key -> new ArrayDeque<>()).add(script);
    }

    void whenAsked(String key, ConnectorAnswer answer) {
        answersToQuestions.put(key, answer);
    }

    void whenStopped(String key, ConnectorAnswer answer) {
        answersToStops.put(key, answer);
    }

    /** How often the tool was told to stop this. */
    long stopsOf(String key) {
        return stops.stream().filter(key::equals).count();
    }

    List<Call> callsOf(String rollout) {
        return calls.stream().filter(call -> call.rollout().equals(rollout)).toList();
    }

    /** As in {@code RUN 1}, {@code UNDO 1}. */
    List<String> history(String rollout) {
        return callsOf(rollout).stream()
                .map(call -> call.kind() + " " + call.seq())
                .toList();
    }

    private final class Tool implements Connector {

        private final String name;
        private final AfterCrash afterCrash;
        private final Stopping stopping;
        private final List<String> parameters;

        Tool(String name, AfterCrash afterCrash) {
            this(name, afterCrash, "version");
        }

        Tool(String name, AfterCrash afterCrash, String... parameters) {
            this(name, afterCrash, Stopping.NEVER, parameters);
        }

        Tool(String name, AfterCrash afterCrash, Stopping stopping) {
            this(name, afterCrash, stopping, "version");
        }

        private Tool(String name, AfterCrash afterCrash, Stopping stopping, String... parameters) {
            this.name = name;
            this.afterCrash = afterCrash;
            this.stopping = stopping;
            this.parameters = List.of(parameters);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String kind() {
            return "scripted";
        }

        @Override
        public Map<String, Pattern> parameters() {
            return parameters.stream().collect(toMap(parameter -> parameter, parameter -> VALUES));
        }

        @Override
        public AfterCrash afterCrash() {
            return afterCrash;
        }

        @Override
        public Stopping stopping() {
            return stopping;
        }

        @Override
        public ConnectorAnswer stop(ConnectorCall call, @Nullable String reference) {
            stops.add(call.key());
            return answersToStops.getOrDefault(call.key(), ConnectorAnswer.succeeded("It will stop"));
        }

        @Override
        public Duration askEvery() {
            return name.equals("noticed") ? Duration.ofHours(1) : Connector.super.askEvery();
        }

        @Override
        public boolean canBeAsked() {
            return afterCrash == AfterCrash.QUERYABLE;
        }

        @Override
        public boolean proves(Notice notice) {
            return NOTICE_SECRET.equals(notice.header().apply("X-Gatehouse-Token"));
        }

        @Override
        public List<WebhookSecret> callbackSecrets() {
            return List.of(SECRET);
        }

        @Override
        public ConnectorAnswer call(ConnectorCall call) {
            calls.add(new Call(
                    name, call.rollout(), call.seq(), call.kind(), call.attempt(), call.key(), call.parameters()));
            Deque<Function<ConnectorCall, ConnectorAnswer>> script =
                    scripts.getOrDefault(call.rollout() + call.seq() + call.kind(), new ArrayDeque<>());
            Function<ConnectorCall, ConnectorAnswer> next = script.poll();
            return next == null ? ConnectorAnswer.succeeded("as told") : next.apply(call);
        }

        @Override
        public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
            return answersToQuestions.getOrDefault(call.key(), ConnectorAnswer.neverSeen());
        }
    }
}
