package io.gatehouse.permissions;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.ManagementClient;
import io.gatehouse.testing.TasklistSession;
import io.gatehouse.testing.WithManagementPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Every address of the management port, by every method, over the wire, for everybody: as the table says. All that Spring
 * Boot could offer is switched on, so what has no row is there and closed.
 */
@WithManagementPort
class ManagementTableTests {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private static final List<String> CLOSED = List.of(
            "/management/env",
            "/management/env/java.home",
            "/management/loggers",
            "/management/loggers/ROOT",
            "/management/heapdump",
            "/management/threaddump",
            "/management/shutdown",
            "/management/beans",
            "/management/configprops",
            "/management/conditions",
            "/management/mappings",
            "/management/caches",
            "/management/scheduledtasks",
            "/management/unknown",
            "/management/metrics/",
            "/management//metrics",
            "/management/%6Detrics",
            "/managementx",
            "/actuator",
            "/actuator/health",
            "/api/v1/changes",
            "/sign-in",
            "/docs/index.html",
            "/camunda/app/tasklist/default/",
            "/error",
            "/");

    private static final List<TableRow> ROWS = TableRow.of("management.csv");

    /** A caller; {@code roles} of a tool are the actions of its token. */
    private record Caller(String label, boolean tool, Set<String> roles, ManagementClient client) {

        boolean mayBy(TableRow row) {
            if (tool) {
                return roles.contains(row.cells().get("tool"));
            }
            return !row.saysForAny(roles, "never") && (row.says("signed-in", "all") || row.saysForAny(roles, "all"));
        }
    }

    @LocalManagementPort
    private int port;

    @LocalServerPort
    private int mainPort;

    @Autowired
    private IdentityService identities;

    private List<Caller> callers() {
        List<Caller> callers = new ArrayList<>(extremes());
        TableRow.ROLES.forEach(role -> callers.add(person(role, Set.of(role))));
        Stream.of("auditor", "admin").forEach(one -> TableRow.ROLES.stream()
                .filter(role -> !role.equals(one))
                .forEach(role -> callers.add(person(one + " and " + role, Set.of(one, role)))));
        return callers;
    }

    /** Enough to try what is for nobody. */
    private List<Caller> extremes() {
        return List.of(
                new Caller("nobody", false, Set.of(), ManagementClient.nobody(port)),
                new Caller("a wrong password", false, Set.of(), ManagementClient.of(port, "adam", "wrong")),
                new Caller("a made-up token", false, Set.of(), ManagementClient.withToken(port, "gh_made_up")),
                person("somebody without a role", Set.of()),
                person("everything", Set.copyOf(TableRow.ROLES)),
                tool("walk-monitor", "MONITOR"),
                tool("walk-others", "READ", "RAISE_CHANGES", "REPORT_IMPLEMENTATION", "RECORD_TESTS", "ROLL_BACK"));
    }

    private Caller person(String label, Set<String> roles) {
        String id = "walker-" + label.replace(" and ", "-").replace(' ', '-');
        if (identities.createUserQuery().userId(id).count() == 0) {
            User user = identities.newUser(id);
            user.setPassword("the-walkers-password");
            InsideTheEngine.run(identities, () -> {
                identities.saveUser(user);
                roles.forEach(role -> identities.createMembership(id, role));
            });
        }
        return new Caller(label, false, roles, ManagementClient.of(port, id, "the-walkers-password"));
    }

    private Caller tool(String name, String... actions) {
        ApiClient adam = new ApiClient(URI.create("http://127.0.0.1:" + mainPort), "adam");
        adam.send(
                "PUT",
                "/api/v1/tools/" + name,
                Map.of(
                        "description",
                        "Walks",
                        "actions",
                        List.of(actions),
                        "services",
                        List.of("nova"),
                        "responsible",
                        "rolf"),
                "If-None-Match",
                "*");
        JsonNode issued =
                adam.post("/api/v1/tools/" + name + "/tokens", Map.of()).expect(201);
        Set<String> words = Stream.of(actions)
                .map(action -> action.toLowerCase().replace('_', '-'))
                .collect(toCollection(TreeSet::new));
        return new Caller(
                name,
                true,
                words,
                ManagementClient.withToken(port, issued.get("token").asText()));
    }

    @Test
    void everyAddressIsForWhomTheTableSays() {
        List<Caller> everybody = callers();
        List<Caller> extremes = everybody.subList(0, 7);
        Set<String> addresses = new LinkedHashSet<>();
        ROWS.forEach(row -> addresses.add(row.address()));
        addresses.addAll(CLOSED);
        List<String> differences = new ArrayList<>();
        int cells = 0;
        for (String address : addresses) {
            for (String method : METHODS) {
                Optional<TableRow> row = row(method, address);
                for (Caller caller : row.isPresent() ? everybody : extremes) {
                    boolean expected = row.filter(caller::mayBy).isPresent();
                    int status = caller.client().send(method, example(address)).statusCode();
                    cells++;
                    if (expected ? isRefusal(status) || status >= 500 : !isRefusal(status)) {
                        differences.add("%s %s by %s: the table says %s, the answer is %d"
                                .formatted(method, address, caller.label(), expected, status));
                    }
                }
            }
        }

        System.out.printf("%d rows, %d cells of the management port%n", ROWS.size(), cells);
        assertThat(differences).isEmpty();
        assertThat(cells).isGreaterThan(1_000);
    }

    @Test
    void theMainPortOffersNoneOfItToAnybody() {
        TasklistSession adam = TasklistSession.of("adam", mainPort);

        for (TableRow row : ROWS) {
            assertThat(adam.call("GET", example(row.address()), "").statusCode())
                    .as(row.name())
                    .isEqualTo(403);
            assertThat(ManagementClient.of(mainPort, "adam", "adam-sample")
                            .get(example(row.address()))
                            .statusCode())
                    .as(row.name())
                    .isIn(302, 401, 403);
        }
    }

    /** What the profile switches on, and what the table knows, are the same. */
    @Test
    void whatIsOfferedHasARow() throws IOException {
        String settings = Files.readString(Path.of("src/main/resources/application-management.yaml"));
        Matcher include = Pattern.compile("exposure\\.include: (\\S+)").matcher(settings);
        assertThat(include.find()).isTrue();

        assertThat(ROWS.stream().map(row -> row.address().split("/")).filter(parts -> parts.length > 2))
                .extracting(parts -> parts[2])
                .containsOnly(include.group(1).split(","));
    }

    private static Optional<TableRow> row(String method, String address) {
        String asked = method.equals("HEAD") ? "GET" : method;
        return ROWS.stream()
                .filter(row -> row.name().equals(asked + " " + address))
                .findFirst();
    }

    private static String example(String address) {
        return address.replace("/**", "/db").replaceAll("\\{[a-z]+}", "jvm.info");
    }

    /** 400 is the firewall's, for an odd address. */
    private static boolean isRefusal(int status) {
        return status == 400 || status == 401 || status == 403;
    }
}
