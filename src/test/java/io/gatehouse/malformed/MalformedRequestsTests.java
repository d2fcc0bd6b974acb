package io.gatehouse.malformed;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.RunningSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Sends 10,000 malformed requests (100,000 with {@code -Plong}) to the running product, each spoilt in up to three ways,
 * spread over every operation of the API, and one well-formed request for every nine of them. All follow from
 * {@value #SEED}, so a finding comes back.
 */
@RunningSample
class MalformedRequestsTests {

    private static final long SEED = 20261123;
    private static final int MALFORMED = Boolean.getBoolean("gatehouse.long") ? 100_000 : 10_000;

    /** A tenth is well-formed, and what is done to a request to spoil it may leave it as it was. */
    private static final int REQUESTS = MALFORMED * 6 / 5;

    private static final int WORKERS = 4;

    /** What must never leave: names of Java types, of the engine's errors, of SQL. */
    private static final Pattern LEAK = Pattern.compile(
            "ENGINE-\\d|\\borg\\.[a-z]+\\.|\\bjava\\.[a-z]+\\.|io\\.gatehouse|com\\.[a-z]+\\.|\\bat [a-z.]+\\(|Exception\\b|"
                    + "\\bSQL\\b|ACT_RU_|change_request|JDBC|jackson|Tomcat",
            Pattern.CASE_INSENSITIVE);

    /** What a well-formed request may be refused for: who asks and what is there, but not how it is written. */
    private static final Set<Integer> ANSWERS_TO_WELL_FORMED = Set.of(200, 201, 202, 204, 401, 403, 404, 409, 412);

    private final Operations operations = new Operations();
    private final AtomicInteger malformed = new AtomicInteger();
    private final Map<Integer, Integer> statuses = Collections.synchronizedMap(new TreeMap<>());

    @LocalServerPort
    private int port;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void areRefusedAsProblemsThatTellNothingAboutTheInside() throws Exception {
        List<String> all = everyOperation();
        assertThat(operations.names()).as("an example of every operation").containsAll(all);
        long start = System.nanoTime();

        List<String> findings = inParallel(i -> {
            String operation = all.get(i % all.size());
            Random random = new Random(SEED * 31 + i);
            int round = i / all.size();
            return round % 10 == 0 ? wellFormed(operation, round / 10) : spoilt(operation, round, random);
        });

        System.out.printf(
                "%d requests to %d operations, %d of them malformed, seed %d, %.1f s: %s%n",
                REQUESTS, all.size(), malformed.get(), SEED, (System.nanoTime() - start) / 1e9, statuses);
        assertThat(findings).as("of seed " + SEED).isEmpty();
        assertThat(malformed.get()).as("malformed requests").isGreaterThanOrEqualTo(MALFORMED);
        assertThat(WireAnswer.to(operations.wellFormed("GET /api/v1/changes/{number}", 0), port)
                        .status())
                .isEqualTo(200);
    }

    private List<String> everyOperation() {
        return requestMappingHandlerMapping.getHandlerMethods().keySet().stream()
                .flatMap(MalformedRequestsTests::operations)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private static Stream<String> operations(RequestMappingInfo mapping) {
        return mapping.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/api"))
                .flatMap(pattern ->
                        mapping.getMethodsCondition().getMethods().stream().map(method -> method + " " + pattern));
    }

    private interface Attempt {
        String finding(int index) throws IOException;
    }

    private List<String> inParallel(Attempt attempt) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Callable<String>> attempts = IntStream.range(0, REQUESTS)
                    .<Callable<String>>mapToObj(i -> () -> attempt.finding(i))
                    .toList();
            List<String> findings = new ArrayList<>();
            for (var result : workers.invokeAll(attempts)) {
                if (!result.get().isEmpty() && findings.size() < 25) {
                    findings.add(result.get());
                }
            }
            return findings;
        } finally {
            workers.shutdown();
        }
    }

    private String wellFormed(String operation, int round) throws IOException {
        WireRequest request = operations.wellFormed(operation, round);
        WireAnswer answer = send(request);
        return ANSWERS_TO_WELL_FORMED.contains(answer.status()) ? wrongWith(request, answer) : told(request, answer);
    }

    private String spoilt(String operation, int round, Random random) throws IOException {
        WireRequest request = operations.wellFormed(operation, round);
        byte[] good = operations.wellFormed(operation, round).bytes();
        int ways = 1 + random.nextInt(3);
        for (int i = 0; i < ways; i++) {
            Mutation.values()[random.nextInt(Mutation.values().length)].spoil(request, random);
        }
        if (!Arrays.equals(good, request.bytes())) {
            malformed.incrementAndGet();
        }
        try {
            return wrongWith(request, send(request));
        } catch (IOException | IllegalStateException e) {
            return "%s%nno answer: %s%n".formatted(request, e);
        }
    }

    private WireAnswer send(WireRequest request) throws IOException {
        WireAnswer answer = WireAnswer.to(request, port);
        statuses.merge(answer.status(), 1, Integer::sum);
        return answer;
    }

    /** Outside of /api other doors answer, which need not speak in problems. */
    private static String wrongWith(WireRequest request, WireAnswer answer) {
        boolean refused = answer.status() >= 400;
        boolean silent = refused && request.path.startsWith("/api/") && !answer.isProblem();
        boolean leaks = refused && tellsOfTheInside(request, answer);
        return answer.status() >= 500 || silent || leaks ? told(request, answer) : "";
    }

    /** An answer may repeat what it was asked; that tells nobody anything. */
    private static boolean tellsOfTheInside(WireRequest request, WireAnswer answer) {
        String asked = new String(request.bytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        return LEAK.matcher(answer.body())
                .results()
                .anyMatch(found -> !asked.contains(found.group().toLowerCase(Locale.ROOT)));
    }

    private static String told(WireRequest request, WireAnswer answer) {
        String body = answer.body();
        return "%s%n-> %s%n%s%n".formatted(request, answer.head(), body.substring(0, Math.min(600, body.length())));
    }
}
