package io.gatehouse.change;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Asks the policy about the release requests of nine years, as if each were a normal change.
 *
 * <p>From the history: what is released together, when, whether it goes to users (a final version or an end of life goes
 * into production, anything else to staging), how often something was released in the 180 days before, and what was
 * released within the same two hours. From the catalog of the sample organisation: tiers, teams and dependencies of its 40
 * services; what it does not know is of tier 4 and nobody depends on it. Nobody recorded how releases went, what was
 * converted or interrupted: they count as gone well, without conversion or downtime, with a tried way back and all evidence
 * on file.
 */
public final class HistoryReplay {

    private static final Duration WINDOW = Duration.ofHours(2);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'");

    private record Request(LocalDateTime at, boolean production, List<String> services) {}

    private record Service(int tier, Set<String> needs) {}

    /** How many requests got what; each name begins with the table that said so. */
    public record Counts(int requests, Map<String, Integer> paths) {}

    private final BiFunction<String, Map<String, Object>, List<Map<String, Object>>> policy;
    private final Map<String, Service> catalog = catalog();
    private final Map<String, Deque<LocalDateTime>> releases = new HashMap<>();
    private final Deque<Request> meanwhile = new ArrayDeque<>();

    /** @param policy answers of a table, by its name and what it is told: one entry per rule that fired */
    public HistoryReplay(BiFunction<String, Map<String, Object>, List<Map<String, Object>>> policy) {
        this.policy = policy;
    }

    /** Asks about all of them. */
    public Counts run() {
        Map<String, Integer> paths = new TreeMap<>();
        List<Request> all = requests();
        for (Request request : all) {
            Risk risk = policy.apply("AssessChangeRisk", riskInputs(request)).stream()
                    .map(answer -> Risk.valueOf(String.valueOf(answer.get("risk"))))
                    .max(Risk::compareTo)
                    .orElseThrow();
            Map<String, Object> approval = policy.apply(
                            "ChooseApprovers",
                            Map.of(
                                    "risk",
                                    risk.name(),
                                    "production",
                                    request.production(),
                                    "evidence",
                                    "COMPLETE",
                                    ChangePolicy.MISSING_EVIDENCE,
                                    ""))
                    .get(0);
            paths.merge("AssessChangeRisk " + risk, 1, Integer::sum);
            paths.merge("ChooseApprovers " + approval.get("approval") + " " + approval.get("seats"), 1, Integer::sum);
            remember(request);
        }
        return new Counts(all.size(), paths);
    }

    private Map<String, Object> riskInputs(Request request) {
        Set<String> mine = new HashSet<>(request.services());
        Set<String> dependents = dependents(mine);
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("tier", mine.stream().mapToInt(this::tier).min().orElseThrow());
        inputs.put("production", request.production());
        inputs.put("environmentKind", request.production() ? "PRODUCTION" : "STAGING");
        inputs.put("serviceCount", mine.size());
        inputs.put("dataMigration", false);
        inputs.put("downtime", false);
        inputs.put("backoutTested", true);
        inputs.put("dependentCount", dependents.size());
        inputs.put(
                "dependentTier", dependents.stream().mapToInt(this::tier).min().orElse(RiskInputs.NO_DEPENDENTS));
        inputs.put(
                "windowTime", WindowTime.of(window(request), ZoneId.of("UTC")).name());
        inputs.put("windowHours", (int) WINDOW.toHours());
        inputs.put(
                "familiarity",
                mine.stream()
                        .mapToInt(service -> recent(service, request.at()))
                        .min()
                        .orElseThrow());
        // Who of a team raised a request is not known, so all of them are told as if it were one.
        inputs.put("teamFamiliarity", inputs.get("familiarity"));
        inputs.put("incidents", 0);
        inputs.put("serviceScore", 100);
        inputs.put("teamScore", 100);
        inputs.put("collision", collision(request, mine, dependents).name());
        return inputs;
    }

    private static Window window(Request request) {
        return new Window(
                request.at().toInstant(ZoneOffset.UTC),
                request.at().plus(WINDOW).toInstant(ZoneOffset.UTC));
    }

    private int tier(String service) {
        Service known = catalog.get(service);
        return known == null ? 4 : known.tier();
    }

    private Set<String> dependents(Set<String> services) {
        Set<String> found = new HashSet<>(services);
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Map.Entry<String, Service> one : catalog.entrySet()) {
                if (one.getValue().needs().stream().anyMatch(found::contains) && found.add(one.getKey())) {
                    grows = true;
                }
            }
        }
        found.removeAll(services);
        return found;
    }

    private int recent(String service, LocalDateTime at) {
        Deque<LocalDateTime> past = releases.getOrDefault(service, new ArrayDeque<>());
        while (!past.isEmpty() && past.getFirst().isBefore(at.minus(PastChanges.LOOK_BACK))) {
            past.removeFirst();
        }
        return past.size();
    }

    private Collision collision(Request request, Set<String> mine, Set<String> dependents) {
        meanwhile.removeIf(other -> !other.at().plus(WINDOW).isAfter(request.at()));
        Set<String> related = new HashSet<>(dependents);
        mine.forEach(service -> {
            Service known = catalog.get(service);
            related.addAll(known == null ? Set.of() : known.needs());
        });
        Set<String> others = new HashSet<>();
        meanwhile.stream()
                .filter(other -> other.production() == request.production())
                .forEach(other -> others.addAll(other.services()));
        if (others.stream().anyMatch(mine::contains)) {
            return Collision.SAME_SERVICE;
        }
        return others.stream().anyMatch(related::contains) ? Collision.RELATED_SERVICE : Collision.NONE;
    }

    private void remember(Request request) {
        meanwhile.add(request);
        request.services().forEach(service -> releases.computeIfAbsent(service, first -> new ArrayDeque<>())
                .add(request.at()));
    }

    private static List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        for (String line : lines("/history/requests.csv")) {
            String[] cells = line.split(",", -1);
            requests.add(new Request(
                    LocalDateTime.parse(cells[0], MINUTE),
                    cells[1].equals("final") || cells[1].equals("end-of-life"),
                    List.of(cells[3].split(" "))));
        }
        return requests;
    }

    private static Map<String, Service> catalog() {
        Map<String, Service> catalog = new HashMap<>();
        for (String line : lines("/sample/services.csv")) {
            String[] cells = line.split(",", -1);
            Set<String> needs = cells[5].isEmpty() ? Set.of() : Set.of(cells[5].split(" "));
            catalog.put(cells[0], new Service(Integer.parseInt(cells[2]), needs));
        }
        return catalog;
    }

    private static List<String> lines(String resource) {
        try (InputStream file = Objects.requireNonNull(HistoryReplay.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
