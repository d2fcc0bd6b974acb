package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.OpenQuestions.Question;
import io.gatehouse.api.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class PermissionsTests {

    private static final String READ = "GET /api/v1/changes/{number}";
    private static final String HOLD = "POST /api/v1/changes/{number}/hold";
    private static final String APPROVE = "POST /api/v1/changes/{number}/approvals";
    private static final Ownership NOVAS =
            new Ownership(Set.of("CHG-000001"), Set.of("rita"), Map.of("nova", "nova"), "production");

    private static final Ownership RAISED_BY_TOOL =
            new Ownership(Set.of("CHG-000002"), Set.of("tool:ci"), Map.of("nova", "nova"), "production");

    private final Set<Question> open = new HashSet<>();
    private final Permissions permissions = new Permissions(
            new PermissionTable(new PathMatchingResourcePatternResolver()),
            new OwnedResources(new StaticListableBeanFactory().getBeanProvider(OwnedResource.class)),
            (numbers, groups) -> numbers.contains("CHG-000001")
                    ? Set.copyOf(open.stream()
                            .filter(question -> groups.contains(question.group()))
                            .toList())
                    : Set.of());

    private void allows(String operation, Person person) {
        allows(NOVAS, operation, person);
    }

    private void allows(Ownership ownership, String operation, Person person) {
        assertThatCode(() -> permissions.require(operation, person, () -> ownership))
                .doesNotThrowAnyException();
    }

    private void refuses(String operation, Person person) {
        assertThatThrownBy(() -> permissions.require(operation, person, () -> NOVAS))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().status()).isEqualTo(403));
    }

    private static Person person(String id, String... groups) {
        return new Person(id, Set.of(groups));
    }

    @Test
    void letsRequestersActOnWhatTheyRaisedAndWhatTouchesTheirTeam() {
        allows(HOLD, person("rita", "requester"));
        allows(HOLD, person("nora", "requester", "nova"));
        refuses(HOLD, person("gina", "requester", "glance"));
        refuses(HOLD, person("rita"));
    }

    @Test
    void takesARoleForNoTeam() {
        Ownership owned = new Ownership(Set.of(), Set.of(), Map.of("nova", "requester"), null);

        assertThatThrownBy(() -> permissions.require(HOLD, person("gina", "requester"), () -> owned))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void grantsReadingToWhomTheProcessAsks() {
        Person asked = person("dora", "nova");
        refuses(READ, asked);

        open.add(new Question("ApproveChange", "nova"));

        allows(READ, asked);
        allows(APPROVE, asked);
        refuses(HOLD, asked);
        refuses(READ, person("gina", "glance"));
    }

    @Test
    void letsAuditorsChangeNothingWhateverElseTheyAre() {
        Person both = new Person("alma", Set.copyOf(Roles.ALL));
        List<String> writes = permissions.names().stream()
                .filter(row -> !row.startsWith("GET ") && !row.startsWith("OPTIONS "))
                .filter(row -> !permissions.allowsAnybody(row))
                .filter(row -> !row.matches("POST /camunda/.*/(count|list|(external-)?task|job|group|incident/|"
                        + "(process|variable)-instance|called-process-[a-z]+)"))
                .filter(row -> !row.equals("POST /sign-out")) // ends their own session
                .filter(row -> !row.equals("POST /change-password")) // their own
                .toList();

        assertThat(writes).hasSizeGreaterThan(30).allSatisfy(row -> refuses(row, both));
        allows(READ, both);
    }

    @Test
    void givesAdministratorsNoTask() {
        List<String> tasks =
                permissions.names().stream().filter(row -> !row.contains(" ")).toList();
        Person everything = new Person(
                "adam",
                Set.copyOf(Roles.ALL.stream()
                        .filter(role -> !role.equals(Roles.AUDITOR))
                        .toList()));

        assertThat(tasks).hasSizeGreaterThan(7).allSatisfy(task -> assertThatThrownBy(
                        () -> permissions.requireTask(task, everything, Roles.ALL, "CHG-000001"))
                .isInstanceOf(ProblemException.class));
    }

    @Test
    void givesNoTaskToARoleThatAProcessShouldNotHaveAsked() {
        assertThatThrownBy(() -> permissions.requireTask(
                        "ApproveChange", person("paul", "process-owner"), List.of("process-owner"), "CHG-000001"))
                .isInstanceOf(ProblemException.class);
        assertThatCode(() -> permissions.requireTask(
                        "ApproveChange", person("mona", "change-manager"), List.of("change-manager"), "CHG-000001"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> permissions.requireTask(
                        "ApproveChange", person("mona", "change-manager"), List.of("ops-lead"), "CHG-000001"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void confinesToolsToTheirActionsServicesAndEnvironments() {
        allows(READ, tool(Set.of(ToolAction.READ), Set.of("nova", "glance"), Set.of()));
        refuses(READ, tool(Set.of(ToolAction.READ), Set.of("glance"), Set.of()));
        refuses(READ, tool(Set.of(ToolAction.READ), Set.of("nova"), Set.of("staging")));
        refuses(READ, tool(Set.of(ToolAction.RAISE_CHANGES), Set.of("nova"), Set.of()));
        allows(RAISED_BY_TOOL, HOLD, tool(Set.of(ToolAction.RAISE_CHANGES), Set.of("nova"), Set.of()));
        refuses(HOLD, tool(Set.of(ToolAction.RAISE_CHANGES), Set.of("nova"), Set.of()));
        refuses(HOLD, tool(Set.of(ToolAction.READ), Set.of("nova"), Set.of()));
        Stream.of(APPROVE, "PUT /api/v1/services/{key}", "POST /api/v1/freezes")
                .forEach(operation -> refuses(operation, tool(Set.of(ToolAction.values()), Set.of("nova"), Set.of())));
    }

    private static Person tool(Set<ToolAction> actions, Set<String> services, Set<String> environments) {
        return new Person("tool:ci", Set.of(), new ToolScope(actions, services, environments, Set.of("rolf")));
    }

    @Test
    void knowsNothingThatTheTableDoesNotSay() {
        assertThatThrownBy(() -> permissions.require("GET /api/v1/nothing", person("adam", "admin")))
                .isInstanceOf(PermissionTableException.class)
                .hasMessageContaining("GET /api/v1/nothing");
    }
}
