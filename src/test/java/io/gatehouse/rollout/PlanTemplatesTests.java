package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.api.PageQuery;
import io.gatehouse.audit.verify.Difference;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.change.Artifact;
import io.gatehouse.testing.OnH2;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Plans that are kept under a name, for whatever is rolled out in that way. */
@OnH2
@RolloutTest
class PlanTemplatesTests {

    private static final String PLAN =
            """
            {"process": "Rollout", "soak": "PT1H", "steps": [{"stage": "DEPLOY_APPLICATION", "name": "Web",
              "connector": "tool", "target": "${service}-${environment}",
              "parameters": {"version": "${artifact.version}"},
              "undo": {"connector": "tool", "parameters": {"version": "1.0"}}}]}""";

    @Autowired
    PlanTemplates templates;

    @Autowired
    MockMvcTester mvc;

    @Autowired
    JdbcTemplate jdbc;

    private final String key = "kept-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void releaseManagersWriteThem() {
        assertThat(put("rolf", "release-manager", PLAN, "If-None-Match", "*"))
                .hasStatus(201)
                .hasHeader("ETag", "\"1\"");
        assertThat(put("rolf", "release-manager", PLAN, "If-None-Match", "*")).hasStatus(412);
        assertThat(put("rolf", "release-manager", PLAN, "If-Match", "\"1\""))
                .hasStatusOk()
                .hasHeader("ETag", "\"2\"");
        assertThat(put("rolf", "release-manager", PLAN, "If-Match", "\"1\"")).hasStatus(412);
        assertThat(get("/" + key))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("steps[0].target")
                .isEqualTo("${service}-${environment}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requester", "technical-approver", "change-manager", "ops-lead", "auditor", "admin"})
    void nobodyElseDoes(String group) {
        assertThat(put("olga", group, PLAN, "If-None-Match", "*")).hasStatus(403);
        assertThat(templates.find(key)).isEmpty();
    }

    @Test
    void areListedInTheOrderOfTheirKeys() {
        put("rolf", "release-manager", PLAN, "If-None-Match", "*");

        assertThat(templates
                        .list(new PageQuery(key.substring(0, key.length() - 1), 1))
                        .items())
                .singleElement()
                .satisfies(found -> assertThat(found.key()).isEqualTo(key));
        assertThat(templates.list(new PageQuery(key, 200)).items())
                .extracting(PlanTemplates.Template::key)
                .doesNotContain(key)
                .isSorted();
        assertThat(get("?limit=1"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("items")
                .asArray()
                .hasSize(1);
    }

    @Test
    void areFoundByTheirWholeKeyOnly() {
        assertThat(get("/" + key)).hasStatus(404).bodyText().contains("plan-template-not-found");
        assertThat(get("/No%20Such")).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tool\"            | \"other\"          | steps[0].connector",
                "${artifact.version} | ${artifact.name}   | steps[0].parameters.version",
                "${service}          | ${services}        | steps[0].target",
                "\"Rollout\"         | \"SampleRollout\"  | process"
            })
    void sayWhatNoReleaseCouldFollow(String right, String wrong, String field) {
        assertThat(put("rolf", "release-manager", PLAN.replace(right, wrong), "If-None-Match", "*"))
                .hasStatus(400)
                .bodyText()
                .contains(field);
    }

    @Test
    void sayWhyAPackageCannotBeRolledOutByThem() {
        put(
                "rolf",
                "release-manager",
                PLAN.replace("${service}-${environment}", "${artifact.digest}"),
                "If-None-Match",
                "*");

        assertThat(templates.whyNot(key, "staging", List.of(new Artifact("nova", "1", "sha256:0123"))))
                .isEmpty();
        assertThat(templates.whyNot(
                        key,
                        "staging",
                        List.of(new Artifact("nova", "1", "sha256:0123"), new Artifact("glance", "1", null))))
                .get()
                .asString()
                .startsWith("steps[1].target names what the change does not bring");
        assertThat(templates.whyNot("no-such", "staging", List.of()))
                .get()
                .asString()
                .contains("no such template");
    }

    @Test
    void areOfAsManyServicesAsAPlanHasStepsFor() {
        put("rolf", "release-manager", PLAN, "If-None-Match", "*");
        List<Artifact> many = IntStream.range(0, 51)
                .mapToObj(i -> new Artifact("service-" + i, "1", null))
                .toList();

        assertThat(templates.whyNot(key, "staging", many)).get().asString().startsWith("steps must be 1 to 50 steps");
        assertThat(templates.whyNot(key, "staging", many.subList(0, 50))).isEmpty();
    }

    @Test
    void whatIsWrittenToThemPastTheProductIsFound() {
        put("rolf", "release-manager", PLAN, "If-None-Match", "*");
        assertThat(differences()).isEmpty();
        String before = templates.digests(List.of(key)).get(key);

        jdbc.update(
                "update rollout_plan set document = replace(document, '1.0', '6.6') where planned_for = ?",
                "plan-template-" + key);
        assertThat(differences()).containsExactly(Difference.Kind.PLAN);
        assertThat(templates.digests(List.of(key)).get(key)).isNotEqualTo(before);

        jdbc.update("delete from rollout_plan where planned_for = ?", "plan-template-" + key);
        assertThat(differences()).containsExactly(Difference.Kind.PLAN);
        assertThat(templates.digests(List.of(key))).isEmpty();
    }

    private List<Difference.Kind> differences() {
        List<Difference> found = jdbc.execute(
                (ConnectionCallback<List<Difference>>) connection -> new Reconciliation(connection).templates());
        return found == null
                ? List.of()
                : found.stream()
                        .filter(difference -> difference.object().equals("plan-template-" + key))
                        .map(Difference::kind)
                        .toList();
    }

    private MvcTestResult get(String path) {
        return mvc.get()
                .uri(URI.create("/api/v1/rollout-plan-templates" + path))
                .with(user("rita").roles("requester"))
                .exchange();
    }

    private MvcTestResult put(String person, String group, String body, String header, String value) {
        return mvc.put()
                .uri("/api/v1/rollout-plan-templates/{key}", key)
                .with(user(person).roles(group))
                .header(header, value)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
