package io.gatehouse.model;

import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.ModelDeployments;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** A model gets into the engine by two process owners and past the check, and in no other way. */
@OnH2
@ProcessTest
class ProposalsTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    private Proposals proposals;

    @Autowired
    private ModelDeployments deployments;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void anotherProcessOwnerDeploysIt() throws Exception {
        int before = latest("NormalChange");
        String redrawn = shipped("NormalChange.bpmn").replace("PT1H", "PT2H");
        Proposal proposal = as("pia", () -> proposals.propose("NormalChange.bpmn", redrawn, "More time"));

        Proposal deployed = as("paul", () -> proposals.decide(proposal.id(), true, proposal.sha256(), "Agreed"));

        assertThat(deployed.state()).isEqualTo(Proposal.State.DEPLOYED);
        assertThat(deployed.version()).isEqualTo(before + 1);
        assertThat(latest("NormalChange")).isEqualTo(before + 1);
        assertThat(jdbc.queryForList(
                        "select action from audit_entry where object = ? order by n",
                        String.class,
                        AuditTrail.numbered("model", proposal.id())))
                .containsExactly("model.Proposed", "model.Deployed");
    }

    @Test
    void aChangeUnderWayStaysOnItsVersion() throws Exception {
        ChangeFixture.catalog(jdbc);
        clock.reset();
        Change change = RITA.does(() -> process.submit(
                REQUESTER,
                process.raise(REQUESTER, ChangeFixture.content(clock.instant())).number()));
        String definition = definitionOf(change);

        Proposal proposal = as(
                "pia",
                () -> proposals.propose(
                        "NormalChange.bpmn", shipped("NormalChange.bpmn").replace("PT1H", "PT3H"), "More time"));
        as("paul", () -> proposals.decide(proposal.id(), true, proposal.sha256(), "Agreed"));

        assertThat(definitionOf(change)).isEqualTo(definition);
    }

    @Test
    void aTableIsDeployedToo() throws Exception {
        String redrawn = shipped("RequireReview.dmn").replace("FIRST", "FIRST");
        Proposal proposal = as("pia", () -> proposals.propose("RequireReview.dmn", redrawn, "The same"));

        Proposal deployed = as("paul", () -> proposals.decide(proposal.id(), true, proposal.sha256(), "Agreed"));

        assertThat(deployed.state()).isEqualTo(Proposal.State.DEPLOYED);
        // Those who share this database are to decide by a table that nobody of theirs has brought in.
        deployments.deploy("RequireReview.dmn", shipped("RequireReview.dmn"));
    }

    @Test
    void aFormIsDeployedTooAndCountsItsVersions() throws Exception {
        String redrawn = shipped("ReviewChange.form").replace("\"label\": \"", "\"label\": \"So: ");
        // The labels of answers stay.
        String sound = redrawn.replaceAll("(\"label\": \")So: ([^\"]*\",\\s*\"value\")", "$1$2");
        Proposal first = as("pia", () -> proposals.propose("ReviewChange.form", sound, "Clearer"));
        Proposal second = as("pia", () -> proposals.propose("ReviewChange.form", sound, "Clearer still"));

        Proposal deployed = as("paul", () -> proposals.decide(first.id(), true, first.sha256(), "Agreed"));
        Proposal next = as("paul", () -> proposals.decide(second.id(), true, second.sha256(), "Agreed"));

        assertThat(deployed.state()).isEqualTo(Proposal.State.DEPLOYED);
        assertThat(next.version()).isEqualTo(deployed.version() + 1);
    }

    @Test
    void whoProposedItDoesNotDecide() throws Exception {
        Proposal proposal = as("pia", () -> proposals.propose("Rollout.bpmn", shipped("Rollout.bpmn"), "The same"));

        assertThatThrownBy(() -> as("pia", () -> proposals.decide(proposal.id(), true, proposal.sha256(), "Mine")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("another process owner");
        assertThat(proposals.get(proposal.id()).state()).isEqualTo(Proposal.State.PROPOSED);
    }

    @Test
    void nobodyElseProposesOrDecides() throws Exception {
        Proposal proposal = as("pia", () -> proposals.propose("Rollout.bpmn", shipped("Rollout.bpmn"), "The same"));

        for (String role : Set.of("requester", "change-manager", "release-manager", "auditor", "admin")) {
            assertThatThrownBy(() -> as(
                            "mallory", role, () -> proposals.propose("Rollout.bpmn", shipped("Rollout.bpmn"), "Mine")))
                    .as(role)
                    .isInstanceOf(ProblemException.class);
            assertThatThrownBy(() ->
                            as("mallory", role, () -> proposals.decide(proposal.id(), true, proposal.sha256(), "Mine")))
                    .as(role)
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void whatWasAlteredAfterItWasProposedIsNotDeployed() throws Exception {
        Proposal proposal = as("pia", () -> proposals.propose("Rollout.bpmn", shipped("Rollout.bpmn"), "The same"));
        int before = latest("Rollout");
        jdbc.update(
                "update model_proposal set content = replace(content, 'PT30S', 'PT31S') where id = ?", proposal.id());

        assertThatThrownBy(() -> as("paul", () -> proposals.decide(proposal.id(), true, proposal.sha256(), "Agreed")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("digest");
        assertThatThrownBy(() -> as("paul", () -> proposals.decide(proposal.id(), true, "0".repeat(64), "Agreed")))
                .isInstanceOf(ProblemException.class);
        assertThat(latest("Rollout")).isEqualTo(before);
    }

    @Test
    void whatIsDecidedIsDecided() throws Exception {
        Proposal proposal = as("pia", () -> proposals.propose("Rollout.bpmn", shipped("Rollout.bpmn"), "The same"));
        as("paul", () -> proposals.decide(proposal.id(), false, proposal.sha256(), "Not now"));

        assertThat(proposals.get(proposal.id()).state()).isEqualTo(Proposal.State.REJECTED);
        assertThatThrownBy(() -> as("paul", () -> proposals.decide(proposal.id(), true, proposal.sha256(), "Now")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("REJECTED");
    }

    static Iterable<Map.Entry<String, String>> breaches() {
        String process = shipped("NormalChange.bpmn");
        String table = shipped("ChooseApprovers.dmn");
        Map<String, String> models = new TreeMap<>();
        models.put("NormalChange.bpmn a script task", process.replace("bpmn:serviceTask", "bpmn:scriptTask"));
        // The engine is not asked for the jobs that signals leave (KnownAnswers).
        models.put(
                "NormalChange.bpmn a signal",
                process.replace("</bpmn:definitions>", "<bpmn:signal id=\"S\" name=\"s\" /></bpmn:definitions>"));
        models.put(
                "NormalChange.bpmn a class",
                process.replaceFirst("camunda:delegateExpression=\"[^\"]*\"", "camunda:class=\"java.lang.Runtime\""));
        models.put(
                "NormalChange.bpmn an expression",
                process.replaceFirst(
                        "camunda:delegateExpression=\"[^\"]*\"", "camunda:expression=\"\\${''.getClass()}\""));
        models.put("NormalChange.bpmn another bean", process.replace("changeFacts.", "dataSource."));
        models.put("NormalChange.bpmn no save of an approval", process.replace("openSeats", "noSeats"));
        models.put(
                "NormalChange.bpmn a form of its own",
                process.replaceFirst("camunda:formRef=\"[^\"]*\"", "camunda:formKey=\"embedded:deployment:x.html\""));
        models.put("Other.bpmn another name", process);
        models.put(
                "NormalChange.bpmn a class under another prefix",
                process.replaceFirst(
                        "camunda:delegateExpression=\"[^\"]*\"",
                        "xmlns:c=\"http://camunda.org/schema/1.0/bpmn\" c:class = \"java.lang.Runtime\""));
        models.put(
                "NormalChange.bpmn a class of an older namespace",
                process.replaceFirst(
                        "camunda:delegateExpression=\"([^\"]*)\"",
                        "camunda:delegateExpression=\"$1\" xmlns:a=\"http://activiti.org/bpmn\" a:class=\"java.lang.Runtime\""));
        models.put(
                "NormalChange.bpmn a condition in a language",
                process.replaceFirst("<bpmn:conditionExpression ", "<bpmn:conditionExpression language=\"juel\" "));
        models.put(
                "NormalChange.bpmn a listener under another prefix",
                process.replaceFirst(
                        "<bpmn:extensionElements>",
                        "<bpmn:extensionElements><c:executionListener xmlns:c=\"http://camunda.org/schema/1.0/bpmn\""
                                + " event=\"start\" class=\"java.lang.Runtime\"/>"));
        models.put(
                "NormalChange.bpmn an import",
                process.replaceFirst(
                        "<bpmn:message ",
                        "<bpmn:import importType=\"http://www.w3.org/2001/XMLSchema\" location=\"file:///etc/passwd\""
                                + " namespace=\"x\"/><bpmn:message "));
        models.put(
                "NormalChange.bpmn a person",
                process.replaceFirst("camunda:dueDate", "camunda:assignee=\"mallory\" camunda:dueDate"));
        models.put("NormalChange.bpmn a document type", process.replace("?>", "?><!DOCTYPE x>"));
        models.put("NormalChange.bpmn no process", "<a/>");
        models.put("NormalChange.bpmn no xml", "hello");
        models.put(
                "ChooseApprovers.dmn another language",
                table.replace("<inputExpression ", "<inputExpression expressionLanguage=\"juel\" "));
        models.put("ChooseApprovers.dmn another answer", table.replace("name=\"seats\"", "name=\"chairs\""));
        models.put("ReviewChange.form a script", "{\"components\": [{\"type\": \"script\"}]}");
        models.put("Unknown.form a form nobody shows", shipped("ReviewChange.form"));
        models.put("Unknown.dmn a table nobody asks", table);
        models.put("RequireReview.dmn the wrong table", table);
        return models.entrySet();
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void refusesWhatBreaksARule(Map.Entry<String, String> model) {
        String file = model.getKey().substring(0, model.getKey().indexOf(' '));

        assertThatThrownBy(() -> as("pia", () -> proposals.propose(file, model.getValue(), "Try")))
                .as(model.getKey())
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(
                                refusal.problem().fields())
                        .isNotEmpty()
                        .allSatisfy(field -> assertThat(field.field()).isEqualTo("content")));
    }

    private int latest(String process) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getVersion();
    }

    private String definitionOf(Change change) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(change.number())
                .singleResult()
                .getProcessDefinitionId();
    }

    private static String shipped(String file) {
        return Stream.of(".bpmn", ".dmn", ".form")
                .flatMap(Models::files)
                .filter(candidate -> candidate.getName().equals(file))
                .map(Models::text)
                .findFirst()
                .orElseThrow();
    }

    private static <T> T as(String person, Callable<T> step) throws Exception {
        return as(person, "process-owner", step);
    }

    private static <T> T as(String person, String role, Callable<T> step) throws Exception {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        person, null, AuthorityUtils.createAuthorityList("ROLE_" + role)));
        try {
            return step.call();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
