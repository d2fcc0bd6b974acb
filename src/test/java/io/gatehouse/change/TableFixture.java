package io.gatehouse.change;

import io.gatehouse.engine.ModelDeployments;
import io.gatehouse.model.Proposals;
import io.gatehouse.model.TableAuthors;
import io.gatehouse.testing.SignedIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;

/** Brings versions of the policy tables in, as process owners and releases of the product do. */
public final class TableFixture {

    /** Those that have a say in a normal change. */
    static final List<String> OF_A_NORMAL_CHANGE =
            List.of("AssessChangeRisk", "RequireEvidence", "ChooseApprovers", "RequireReview", "DecideCabOutcome");

    /** All there are. */
    public static final List<String> TABLES = Stream.concat(
                    OF_A_NORMAL_CHANGE.stream(),
                    Stream.of("AuthorizeEmergency", "EligibleForTemplate", "ChooseCarrier"))
            .toList();

    private final Proposals proposals;
    private final ModelDeployments deployments;
    private final RepositoryService repository;
    private final TableAuthors authors;

    public TableFixture(
            Proposals proposals, ModelDeployments deployments, RepositoryService repository, TableAuthors authors) {
        this.proposals = proposals;
        this.deployments = deployments;
        this.repository = repository;
        this.authors = authors;
    }

    /** A new version of a table, proposed by one person and let in by the other. */
    public void bringIn(String table, String text, String proposer, String decider) {
        var proposal = owner(proposer).does(() -> proposals.propose(table + ".dmn", text, "For the sake of the test"));
        owner(decider).runs(() -> proposals.decide(proposal.id(), true, proposal.sha256(), "Agreed"));
    }

    /** A new version that has no author, as a new release brings. */
    public void release(String table) {
        deployments.deploy(table + ".dmn", shipped(table));
    }

    /** Leaves no table otherwise than the product brings it. What is so already stays, because looking is cheaper. */
    public void releaseAll() {
        TABLES.stream().filter(table -> !isAsShipped(table)).forEach(this::release);
    }

    private boolean isAsShipped(String table) {
        DecisionDefinition newest = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(table)
                .latestVersion()
                .singleResult();
        try (InputStream model = repository.getDecisionModel(newest.getId())) {
            return new String(model.readAllBytes(), StandardCharsets.UTF_8).equals(shipped(table))
                    && !authors.of(List.of(table)).get(table).containsKey(newest.getVersion());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String shipped(String table) {
        try {
            String module = table.equals("DecideCabOutcome") ? "cab" : "change";
            return Files.readString(Path.of("processes", module, table + ".dmn"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A version without an author that wants no evidence, so that what approvers are chosen by is seen alone. */
    public void releaseWantingNoEvidence() {
        deployments.deploy(
                "RequireEvidence.dmn",
                shipped("RequireEvidence").replaceAll("(_out1\">\\s*<text>)\"[A-Z_]+\"", "$1\"NONE\""));
    }

    /** Asks nobody to approve. */
    public static String approvesItself() {
        return shipped("ChooseApprovers")
                .replaceAll("<text>\"(SEATS|CAB)\"</text>", "<text>\"AUTO\"</text>")
                .replace("<text>\"cab\"</text>", "<text>\"\"</text>");
    }

    /** Wants a test report of every change, wherever it is made. */
    public static String requiresTests() {
        return shipped("RequireEvidence").replaceFirst("\"NONE\"</text>", "\"TEST_REPORT\"</text>");
    }

    /** Has nothing reviewed. */
    public static String reviewsNothing() {
        return shipped("RequireReview").replaceAll("(_out1\">\\s*<text>)true", "$1false");
    }

    /** Finds no change risky. */
    public static String fearsNothing() {
        return shipped("AssessChangeRisk").replaceAll("(_out1\">\\s*<text>)\"[A-Z_]+\"", "$1\"LOW\"");
    }

    /** Finds that whatever the votes are, they approve. */
    public static String approvesWhateverIsVoted() {
        return shipped("DecideCabOutcome").replaceAll("(_out1\">\\s*<text>)\"[A-Z_]+\"", "$1\"APPROVED\"");
    }

    /** Has every release carried by a standard change. */
    public static String carriesAllByStandardChanges() {
        return shipped("ChooseCarrier").replaceAll("(_out1\">\\s*<text>)\"NORMAL\"", "$1\"STANDARD\"");
    }

    /** Lets nobody use a template. */
    public static String letsNobodyUseTemplates() {
        return shipped("EligibleForTemplate").replaceAll("(_out1\">\\s*<text>)true", "$1false");
    }

    private static SignedIn owner(String person) {
        return new SignedIn(person, "process-owner");
    }
}
