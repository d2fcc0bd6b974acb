package io.gatehouse.permissions;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.anonymous;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.WebApplicationContext;

/**
 * Every page and every call of the engine's web applications, by every method, for everybody: allowed or refused as the
 * table says. Nothing stands behind the calls here, so what is let through ends as not found.
 */
@ProcessTest
@OnH2
class WebTableTests {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    /** What the Tasklist's neighbours or a curious person would ask for; none of it has a row. */
    private static final List<String> ELSEWHERE = List.of(
            "/unknown",
            "/actuator",
            "/actuator/env",
            "/actuator/healthy",
            "/actuator/health/db",
            "/management",
            "/management/health",
            "/management/prometheus",
            "/management/metrics/jvm.memory.used",
            "/h2-console",
            "/engine-rest/task",
            "/sign-in/",
            "/sign-in/other",
            "/docsx",
            "/camunda/api/admin/setup/default/user/create",
            "/camunda/api/admin/auth/user/default/login/tasklist",
            "/camunda/app/other/default/",
            "/camunda/api/admin/plugin/other/static/app/plugin.css",
            "/camunda/api/engine/engine/default/task/count/x",
            "/camunda/api/engine/engine/default/task/{id}/complete",
            "/camunda/api/engine/engine/default/task/{id}/assignee",
            "/camunda/api/engine/engine/default/task/{id}/variables/x",
            "/camunda/api/engine/engine/default/job/{id}/retries",
            "/camunda/api/engine/engine/default/process-instance/{id}/modification",
            "/camunda/api/engine/engine/default/process-instance/{id}/variables/x/data",
            "/camunda/api/engine/engine/default/process-definition/key/NormalChange/start",
            "/camunda/api/engine/engine/default/migration/execute",
            "/camunda/api/engine/engine/default/deployment/create",
            "/camunda/api/engine/engine/default/message",
            "/camunda/api/engine/engine/default/group/admin/members/theo",
            "/camunda/api/engine/engine/default/user/create",
            "/camunda/api/engine/engine/default/authorization/create",
            "/camunda/api/engine/engine/other/task");

    private static final List<TableRow> ROWS = Stream.of("pages.csv", "webapps.csv")
            .flatMap(file -> TableRow.of(file).stream())
            .toList();

    /** A caller: nobody if {@code roles} is null. */
    private record Caller(String name, @Nullable Set<String> roles) {

        RequestPostProcessor signsIn() {
            return roles == null ? anonymous() : user("walker").roles(roles.toArray(String[]::new));
        }

        boolean mayBy(TableRow row) {
            if (row.says("anonymous", "all") || roles == null) {
                return row.says("anonymous", "all");
            }
            return !row.saysForAny(roles, "never") && (row.says("signed-in", "all") || row.saysForAny(roles, "all"));
        }
    }

    /** Enough to try what is for nobody. */
    private static final List<Caller> EXTREMES = List.of(
            new Caller("nobody", null),
            new Caller("somebody without a role", Set.of()),
            new Caller("admin", Set.of("admin")),
            new Caller("everything", Set.copyOf(TableRow.ROLES)));

    @Autowired
    private WebApplicationContext context;

    private MockMvcTester mvc;

    @BeforeEach
    void door() {
        mvc = Door.to(context);
    }

    private static List<Caller> callers() {
        List<Caller> callers = new ArrayList<>();
        callers.add(new Caller("nobody", null));
        callers.add(new Caller("somebody without a role", Set.of()));
        TableRow.ROLES.forEach(role -> callers.add(new Caller(role, Set.of(role))));
        Stream.of("auditor", "admin").forEach(one -> TableRow.ROLES.stream()
                .filter(role -> !role.equals(one))
                .forEach(role -> callers.add(new Caller(one + " and " + role, Set.of(one, role)))));
        callers.add(new Caller("everything", Set.copyOf(TableRow.ROLES)));
        return callers;
    }

    /** What everybody may see is a matter of nobody's roles, let alone of two at once. */
    private static List<Caller> callersOf(Optional<TableRow> row) {
        boolean forAnybody = row.filter(one -> one.says("anonymous", "all")).isPresent();
        return row.isEmpty()
                ? EXTREMES
                : callers().stream()
                        .filter(caller -> !forAnybody || !caller.name().contains(" and "))
                        .toList();
    }

    private static Set<String> addresses() {
        Set<String> addresses = new LinkedHashSet<>();
        ROWS.forEach(row -> addresses.add(row.address()));
        addresses.addAll(ELSEWHERE);
        return addresses;
    }

    private static Optional<TableRow> row(String method, String address) {
        return ROWS.stream()
                .filter(row -> row.name().equals(method + " " + address))
                .findFirst();
    }

    @Test
    void everyPageAndEveryCallIsForWhomTheTableSays() {
        long start = System.nanoTime();
        List<String> differences = new ArrayList<>();
        int cells = 0;
        for (String address : addresses()) {
            for (String method : METHODS) {
                Optional<TableRow> row = row(method, address);
                for (Caller caller : callersOf(row)) {
                    boolean expected = row.filter(caller::mayBy).isPresent();
                    MockHttpServletResponse answer = send(method, address, caller);
                    cells++;
                    if (expected == isRefusal(answer)) {
                        differences.add("%s %s by %s: the table says %s, the answer is %d %s"
                                .formatted(
                                        method,
                                        address,
                                        caller.name(),
                                        expected,
                                        answer.getStatus(),
                                        answer.getRedirectedUrl()));
                    }
                }
            }
        }

        System.out.printf(
                "%d rows, %d cells of pages and calls, %d differences, %.1f s%n",
                ROWS.size(), cells, differences.size(), (System.nanoTime() - start) / 1e9);
        assertThat(ROWS).hasSizeGreaterThan(45);
        assertThat(differences).isEmpty();
    }

    private MockHttpServletResponse send(String method, String address, Caller caller) {
        return mvc.method(HttpMethod.valueOf(method))
                .uri(URI.create(example(address)))
                .with(caller.signsIn())
                .with(csrf())
                .exchange()
                .getMvcResult()
                .getResponse();
    }

    private static String example(String address) {
        String id = "01234567-89ab-4cde-8f01-23456789abcd";
        return address.replace("/**", "/some.thing")
                .replace("{id}", id)
                .replace("{definition}", "NormalChange:1:" + id)
                .replaceAll("\\{[a-z]+}", "some-thing");
    }

    /** Nobody is sent to the sign-in or told 401, somebody is told 403. */
    private static boolean isRefusal(MockHttpServletResponse answer) {
        String location = answer.getRedirectedUrl();
        return answer.getStatus() == 401
                || answer.getStatus() == 403
                || (location != null && location.endsWith("/sign-in"));
    }

    @Test
    void takesNoOtherSpellingOfAnAddress() {
        Set<Integer> answers = Stream.of(
                        "/camunda/app/tasklist/%2e%2e/admin/default/",
                        "/camunda/app/tasklist/../admin/default/",
                        "/camunda/app/tasklist//x",
                        "/camunda/app/tasklist/x;a=b",
                        "/camunda/app/tasklist/%E2%84%AA",
                        "/camunda/api/engine/engine/default/task/%63ount",
                        "/camunda/api/engine/engine/default/process-definition/list",
                        "/camunda/api/engine/engine/default/process-instance/statistics",
                        "/CAMUNDA/app/tasklist/")
                .map(address -> send("GET", address, new Caller("everything", Set.copyOf(TableRow.ROLES))))
                .map(MockHttpServletResponse::getStatus)
                .collect(toSet());

        assertThat(answers).isSubsetOf(400, 403);
    }
}
