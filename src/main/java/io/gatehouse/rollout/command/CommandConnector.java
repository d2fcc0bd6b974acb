package io.gatehouse.rollout.command;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.connector.DeclaredParameters;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.connector.Stopping;
import io.gatehouse.secret.SecretMask;
import io.gatehouse.secret.SecretText;
import io.gatehouse.secret.SecretUnreadable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a program that an operator has configured; its exit code 0 is success. */
class CommandConnector implements Connector {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final String name;
    private final CommandSettings settings;
    private final Map<String, Pattern> parameters;
    private final Map<String, SecretText> environment;
    private final Duration lookEvery;

    /**
     * @param texts what a value of the environment stands for
     * @param renewWithin the longest pause between two renewals of the lease
     */
    CommandConnector(String name, CommandSettings settings, Function<String, SecretText> texts, Duration renewWithin) {
        this.name = name;
        this.settings = settings;
        this.parameters = DeclaredParameters.compile(settings.parameters());
        this.environment = settings.environment().entrySet().stream()
                .collect(toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> InvalidSetting.in(
                                "environment." + entry.getKey(), () -> texts.apply(entry.getValue()))));
        this.lookEvery = renewWithin.compareTo(LOOK_EVERY) < 0 ? renewWithin : LOOK_EVERY;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "command";
    }

    /** Runs nothing: whether the program is there is all that can be seen from outside. */
    @Override
    public ConnectorCheck check() {
        String program = settings.arguments().get(0);
        boolean there = program.contains("/")
                ? Files.isExecutable(directory().resolve(program))
                : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        return there
                ? ConnectorCheck.ok("The program " + program + " is there; whether it works is seen when it runs.")
                : ConnectorCheck.failed("There is no program " + program + " on this node.");
    }

    private Path directory() {
        return Path.of(settings.directory() == null ? "" : settings.directory());
    }

    @Override
    public Map<String, Pattern> parameters() {
        return parameters;
    }

    @Override
    public AfterCrash afterCrash() {
        return settings.afterCrash();
    }

    @Override
    public Stopping stopping() {
        return Stopping.DURING_THE_CALL;
    }

    @Override
    public Set<String> storedSecrets() {
        return environment.values().stream()
                .map(SecretText::storedName)
                .flatMap(Optional::stream)
                .collect(toUnmodifiableSet());
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        try {
            Map<String, String> opened = environment.entrySet().stream()
                    .collect(toUnmodifiableMap(
                            Map.Entry::getKey, entry -> entry.getValue().current()));
            return call(call, opened);
        } catch (SecretUnreadable unreadable) {
            return ConnectorAnswer.notReached("The program was not started: " + unreadable.getMessage());
        }
    }

    private ConnectorAnswer call(ConnectorCall call, Map<String, String> opened) {
        Process process;
        try {
            process = start(call, opened);
        } catch (IOException notStarted) {
            return ConnectorAnswer.refused("The program could not be started: " + notStarted.getMessage());
        }
        try {
            return watch(process, call, new SecretMask(stored(opened)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ConnectorAnswer.ambiguous("Gatehouse was stopped while the program ran.");
        } finally {
            kill(process);
        }
    }

    private Process start(ConnectorCall call, Map<String, String> opened) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(CommandLine.fill(settings.arguments(), call.parameters()))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        if (settings.directory() != null) {
            builder.directory(new File(settings.directory()));
        }
        // Our own environment holds the password of the database.
        builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(opened);
        builder.environment().put("GATEHOUSE_KEY", call.key());
        builder.environment().put("GATEHOUSE_ROLLOUT", call.rollout());
        builder.environment().put("GATEHOUSE_TARGET", call.target());
        return builder.start();
    }

    private List<String> stored(Map<String, String> opened) {
        return opened.entrySet().stream()
                .filter(entry -> Optional.ofNullable(environment.get(entry.getKey()))
                        .flatMap(SecretText::storedName)
                        .isPresent())
                .map(Map.Entry::getValue)
                .toList();
    }

    private ConnectorAnswer watch(Process process, ConnectorCall call, SecretMask mask) throws InterruptedException {
        Output output = new Output(process, settings.logLimit(), mask);
        Thread reader = new Thread(output, "output of " + call.key());
        reader.setDaemon(true);
        reader.start();
        long end = System.nanoTime() + settings.timeLimit().toNanos();
        while (!process.waitFor(pauseBefore(end), TimeUnit.NANOSECONDS)) {
            pass(output, call);
            if (System.nanoTime() >= end) {
                kill(process);
                finish(reader, output, call);
                return ConnectorAnswer.failed("Stopped after the time limit of " + settings.timeLimit());
            }
            if (!call.renewLease().getAsBoolean()) {
                return ConnectorAnswer.takenOver();
            }
            if (call.stopWanted().getAsBoolean()) {
                kill(process);
                process.waitFor();
                finish(reader, output, call);
                return ended(process, "Stopped because somebody asked for it. ");
            }
        }
        finish(reader, output, call);
        return ended(process, "");
    }

    /** Whoever stops it may come too late: a program that has done its work has done it. */
    private static ConnectorAnswer ended(Process process, String why) {
        return process.exitValue() == 0
                ? ConnectorAnswer.succeeded("Exit code 0")
                : ConnectorAnswer.failed(why + "Exit code " + process.exitValue());
    }

    private long pauseBefore(long end) {
        return Math.max(1, Math.min(lookEvery.toNanos(), end - System.nanoTime()));
    }

    /** A program left in the background may keep the output open; it is not waited for. */
    private static void finish(Thread reader, Output output, ConnectorCall call) throws InterruptedException {
        reader.join(TimeUnit.SECONDS.toMillis(1));
        pass(output, call);
    }

    private static void pass(Output output, ConnectorCall call) {
        String fresh = output.takeFresh();
        if (!fresh.isEmpty()) {
            call.log().accept(fresh);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
