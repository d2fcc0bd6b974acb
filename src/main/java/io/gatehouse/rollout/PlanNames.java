package io.gatehouse.rollout;

import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names by which values of a plan speak of what the change brings and where: {@code ${artifact.version}} if it brings
 * one artifact, {@code ${artifact.<service>.version}}, {@code ${artifact.<service>.digest}}, and {@code ${environment}} for
 * the key of its environment. What a name stands for is put in once and never read for names again.
 */
final class PlanNames {

    /** What is told about a value whose names cannot be filled in. */
    static final String MESSAGE = "names what the change does not bring, or brings in no plain form; names are"
            + " ${artifact.version} if it brings one artifact, ${artifact.<service>.version},"
            + " ${artifact.<service>.digest} and ${environment}";

    private static final Pattern NAME =
            Pattern.compile("\\$\\{(?:(?:(?<environment>environment)|artifact\\.(?:(?<service>" + CatalogKey.PATTERN
                    + ")\\.)?(?<what>version|digest))})?");

    /** Nothing that a shell, an address or a list reads as more than a word, whatever else the connector lets through. */
    private static final Predicate<String> PLAIN =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+:~-]*").asMatchPredicate();

    private final @Nullable String environment;
    private final @Nullable List<Artifact> artifacts;

    private PlanNames(@Nullable String environment, @Nullable List<Artifact> artifacts) {
        this.environment = environment;
        this.artifacts = artifacts;
    }

    /** @param change with its details */
    static PlanNames of(Change change) {
        return of(change.environment(), change.artifacts());
    }

    static PlanNames of(String environment, List<Artifact> artifacts) {
        return new PlanNames(environment, List.copyOf(artifacts));
    }

    /** For a plan that changes will take over: what they bring, and where, is not known yet. */
    static PlanNames notKnownYet() {
        return new PlanNames(null, null);
    }

    /** Whether the names in a value can never be filled in, by nothing that may be known later. */
    boolean isWrong(String value) {
        return artifacts == null ? !isWellFormed(value) : fill(value).isEmpty();
    }

    /** The value with what its names stand for; empty if one of them stands for nothing. */
    Optional<String> fill(String value) {
        StringBuilder filled = new StringBuilder();
        Matcher name = NAME.matcher(value);
        while (name.find()) {
            Optional<String> meant = name.group("environment") == null
                    ? meant(name.group("service"), name.group("what"))
                    : Optional.ofNullable(environment).filter(PLAIN);
            if (meant.isEmpty()) {
                return Optional.empty();
            }
            name.appendReplacement(filled, Matcher.quoteReplacement(meant.get()));
        }
        return Optional.of(name.appendTail(filled).toString());
    }

    /** The step as a tool is to do it; empty if one of its names stands for nothing. */
    Optional<PlannedStep> fill(PlannedStep step) {
        Optional<String> connector = fill(step.connector());
        Optional<String> target = fill(step.target());
        Optional<Map<String, String>> parameters = fill(step.parameters());
        Optional<Undo> undo = Optional.ofNullable(step.undo()).flatMap(this::fill);
        Optional<ManualWork> manual = Optional.ofNullable(step.manual()).flatMap(this::fill);
        return connector.isEmpty()
                        || target.isEmpty()
                        || parameters.isEmpty()
                        || undo.isPresent() != (step.undo() != null)
                        || manual.isPresent() != (step.manual() != null)
                ? Optional.empty()
                : Optional.of(step.filled(
                        connector.get(), target.get(), parameters.get(), undo.orElse(null), manual.orElse(null)));
    }

    private Optional<Undo> fill(Undo undo) {
        ManualWork written = undo.manual();
        Optional<ManualWork> manual = Optional.ofNullable(written).flatMap(this::fill);
        return manual.isPresent() == (written != null)
                ? fill(undo.connector()).flatMap(connector -> fill(undo.parameters())
                        .map(parameters -> new Undo(connector, parameters, manual.orElse(null))))
                : Optional.empty();
    }

    private Optional<ManualWork> fill(ManualWork work) {
        boolean filled = Stream.concat(Stream.of(work.instructions()), work.checklist().stream())
                .allMatch(text -> fill(text).isPresent());
        return filled ? Optional.of(work.map(text -> fill(text).orElseThrow())) : Optional.empty();
    }

    private Optional<Map<String, String>> fill(Map<String, String> values) {
        Map<String, String> filled = new TreeMap<>();
        values.forEach((key, value) -> fill(value).ifPresent(meant -> filled.put(key, meant)));
        return filled.size() == values.size() ? Optional.of(filled) : Optional.empty();
    }

    private Optional<String> meant(@Nullable String service, @Nullable String what) {
        if (artifacts == null || what == null || service == null && artifacts.size() != 1) {
            return Optional.empty();
        }
        return artifacts.stream()
                .filter(artifact -> service == null || artifact.service().equals(service))
                .findFirst()
                .flatMap(artifact ->
                        Optional.ofNullable(what.equals("version") ? artifact.version() : artifact.digest()))
                .filter(PLAIN);
    }

    private static boolean isWellFormed(String value) {
        return NAME.matcher(value).results().allMatch(name -> !name.group().equals("${"));
    }
}
