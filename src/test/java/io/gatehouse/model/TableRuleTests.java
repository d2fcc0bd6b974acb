package io.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a decision table may be altered into, and what not. */
class TableRuleTests {

    static Stream<String> tables() {
        return Models.files(".dmn").map(file -> file.getName());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void whatShipsIsSound(String file) {
        assertThat(TableRule.breaches(file, shipped(file), shipped(file))).isEmpty();
    }

    @Test
    void otherRulesAreFree() {
        String redrawn = shipped("ChooseApprovers.dmn")
                .replace("change-manager,ops-lead,cab-member\"", "change-manager, security-officer\"")
                .replaceFirst("<text>\"LOW\"</text>", "<text>not(\"HIGH\", \"VERY_HIGH\")</text>");
        String risks = shipped("AssessChangeRisk.dmn").replace("&gt; 3", "[2..serviceCount)");

        assertThat(TableRule.breaches("ChooseApprovers.dmn", redrawn, shipped("ChooseApprovers.dmn")))
                .isEmpty();
        assertThat(TableRule.breaches("AssessChangeRisk.dmn", risks, shipped("AssessChangeRisk.dmn")))
                .isEmpty();
    }

    static Iterable<Map.Entry<String, String>> breaches() {
        String approvers = shipped("ChooseApprovers.dmn");
        String risks = shipped("AssessChangeRisk.dmn");
        String reviews = shipped("RequireReview.dmn");
        String emergencies = shipped("AuthorizeEmergency.dmn");
        Map<String, String> tables = new TreeMap<>();
        tables.put("ChooseApprovers.dmn all that fit", approvers.replace("\"FIRST\"", "\"COLLECT\""));
        tables.put("AssessChangeRisk.dmn the first that fits", risks.replace("\"RULE ORDER\"", "\"FIRST\""));
        tables.put("AssessChangeRisk.dmn the sum", risks.replace("\"RULE ORDER\"", "\"COLLECT\" aggregation=\"SUM\""));
        tables.put(
                "ChooseApprovers.dmn a third way",
                approvers.replaceFirst("<text>\"AUTO\"</text>", "<text>\"MAYBE\"</text>"));
        tables.put("ChooseApprovers.dmn a seat that is no role", approvers.replace("cab-chair", "cab-table"));
        tables.put("ChooseApprovers.dmn the requester", approvers.replace("cab-chair", "requester"));
        tables.put("ChooseApprovers.dmn an administrator", approvers.replace("cab-chair", "admin"));
        tables.put("ChooseApprovers.dmn the review again", approvers.replace("cab-chair", "technical-approver"));
        tables.put("ChooseApprovers.dmn a seat twice", approvers.replace("cab-chair", "cab-member"));
        tables.put("ChooseApprovers.dmn no seat", approvers.replace("\"change-manager\"", "\"\""));
        tables.put(
                "ChooseApprovers.dmn a hole", approvers.replaceFirst("(VeryHigh_in1\">\\s*<text>)", "$1\"VERY_HIGH\""));
        tables.put(
                "AssessChangeRisk.dmn another risk",
                risks.replaceFirst("<text>\"HIGH\"</text>", "<text>\"HUGE\"</text>"));
        tables.put("RequireReview.dmn perhaps", reviews.replaceFirst("(_out1\">\\s*<text>)true", "$1null"));
        tables.put(
                "AssessChangeRisk.dmn a computed reason",
                risks.replace("\"stored data is converted\"", "string(now())"));
        tables.put("AssessChangeRisk.dmn a call", risks.replace("&gt; 3", "count(serviceCount) &gt; 3"));
        tables.put("AssessChangeRisk.dmn a moment", risks.replace("&gt; 3", "now()"));
        tables.put("AssessChangeRisk.dmn something it is not told", risks.replace("&gt; 3", "&gt; execution"));
        tables.put(
                "AssessChangeRisk.dmn code",
                risks.replace("&gt; 3", "function(x) external {java: {class: \"java.lang.Math\"}}"));
        tables.put(
                "AssessChangeRisk.dmn a language that sounds alike",
                risks.replaceFirst("<inputEntry ", "<inputEntry expressionLanguage=\"javascript-feel\" "));
        tables.put("AssessChangeRisk.dmn a missing entry", risks.replaceFirst("(?s)<inputEntry .*?</inputEntry>", ""));
        tables.put(
                "RequireReview.dmn a function",
                reviews.replaceFirst(
                        "<decision ",
                        "<businessKnowledgeModel id=\"k\""
                                + " name=\"k\"><encapsulatedLogic/></businessKnowledgeModel><decision "));
        tables.put(
                "RequireReview.dmn an import",
                reviews.replaceFirst(
                        "<decision ",
                        "<import name=\"x\" namespace=\"x\" importType=\"x\""
                                + " locationURI=\"file:///etc/passwd\"/><decision "));
        tables.put(
                "RequireReview.dmn an older DMN",
                reviews.replace(
                        "https://www.omg.org/spec/DMN/20191111/MODEL/",
                        "http://www.omg.org/spec/DMN/20151101/dmn.xsd"));
        tables.put("AuthorizeEmergency.dmn one approval", emergencies.replaceFirst("<text>2</text>", "<text>1</text>"));
        tables.put("AuthorizeEmergency.dmn no number", emergencies.replaceFirst("<text>2</text>", "<text>two</text>"));
        tables.put(
                "AuthorizeEmergency.dmn more than there are",
                emergencies.replaceFirst("<text>2</text>", "<text>4</text>"));
        tables.put("AuthorizeEmergency.dmn a seat that is no role", emergencies.replace("cab-chair", "cab-table"));
        tables.put("AuthorizeEmergency.dmn no duration", emergencies.replaceFirst("\"PT1H\"", "\"1 hour\""));
        tables.put("AuthorizeEmergency.dmn no time box", emergencies.replaceFirst("\"PT1H\"", "\"\""));
        tables.put("AuthorizeEmergency.dmn a minute", emergencies.replaceFirst("\"PT1H\"", "\"PT1M\""));
        tables.put(
                "AuthorizeEmergency.dmn a month to approve",
                emergencies.replaceFirst("(Reversible_out5\">\\s*<text>)\"PT4H\"", "$1\"P30D\""));
        tables.put(
                "AuthorizeEmergency.dmn the same seats afterwards",
                emergencies.replace("release-manager,cab-member", "release-manager,ops-lead"));
        return tables.entrySet();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(Input_risk[^>]*>\\s*)<description>[^<]*</description> | The input Input_risk must have a description that says what it is told",
                "(Input_risk[^>]*>\\s*<description>)[^<]* | The input Input_risk must have a description that says what it is told",
                "(Approvers_High\">\\s*)<description>[^<]*</description> | The rule Approvers_High must have a description that says it in words",
                "(Approvers_High\">\\s*<description>)[^<]* | The rule Approvers_High must have a description that says it in words",
            })
    void everyInputAndEveryRuleIsSaidInWords(String what, String breach) {
        String table = shipped("ChooseApprovers.dmn");

        assertThat(TableRule.breaches("ChooseApprovers.dmn", table.replaceFirst(what, "$1"), table))
                .containsExactly(breach);
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void findsWhatIsWrong(Map.Entry<String, String> table) {
        String file = table.getKey().substring(0, table.getKey().indexOf(' '));
        assertThat(table.getValue()).as("altered").isNotEqualTo(shipped(file));

        assertThat(TableRule.breaches(file, table.getValue(), shipped(file)))
                .as(table.getKey())
                .isNotEmpty();
    }

    private static String shipped(String name) {
        return Models.files(".dmn")
                .filter(file -> file.getName().equals(name))
                .map(Models::text)
                .findFirst()
                .orElseThrow();
    }
}
