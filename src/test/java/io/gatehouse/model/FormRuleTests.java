package io.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a form may be altered into, and what not. */
class FormRuleTests {

    private static final String FILE = "ReviewTechnically.form";
    private static final String SHIPPED = shipped(FILE);

    static Stream<String> forms() {
        return Models.files(".form").map(file -> file.getName());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatShipsIsSound(String file) {
        assertThat(FormRule.breaches(file, shipped(file), shipped(file))).isEmpty();
    }

    @Test
    void wordsAndFurtherTextAreFree() {
        String redrawn = SHIPPED.replace(
                        "### Is this change technically sound?", "## Would you run {{title}} yourself?")
                .replace("\"Why this risk\"", "\"What makes it risky\"")
                .replaceFirst(
                        "\\{\\s*\"type\": \"text\"",
                        "{\"type\": \"separator\", \"id\": \"Line\", \"layout\": {\"row\": \"Row_1\", \"columns\": null}},"
                                + "{\"type\": \"text\"");

        assertThat(redrawn).isNotEqualTo(SHIPPED);
        assertThat(FormRule.breaches(FILE, redrawn, SHIPPED)).isEmpty();
    }

    static Iterable<Map.Entry<String, String>> breaches() {
        Map<String, String> forms = new TreeMap<>();
        forms.put("no JSON", "<form/>");
        forms.put("half of it", SHIPPED.substring(0, 500));
        forms.put("two", SHIPPED + SHIPPED);
        forms.put(
                "a name twice",
                SHIPPED.replace("\"type\": \"default\"", "\"type\": \"default\", \"type\": \"default\""));
        forms.put("a list", "[]");
        forms.put("nothing in it", "{\"components\": 1}");
        forms.put("deep", "[".repeat(50_000));
        forms.put("another form", SHIPPED.replace("\"id\": \"ReviewTechnically\"", "\"id\": \"ApproveChange\""));
        forms.put("another platform", SHIPPED.replace("Camunda Platform", "Camunda Cloud"));
        forms.put("html", component("{\"type\": \"html\", \"id\": \"X\", \"content\": \"<script>alert(1)</script>\"}"));
        forms.put("a frame", component("{\"type\": \"iframe\", \"id\": \"X\", \"url\": \"https://evil.example\"}"));
        forms.put("a picture", component("{\"type\": \"image\", \"id\": \"X\", \"source\": \"https://evil.example\"}"));
        forms.put("a button", component("{\"type\": \"button\", \"id\": \"X\", \"action\": \"submit\"}"));
        forms.put("a script", component("{\"type\": \"script\", \"id\": \"X\", \"script\": \"1\"}"));
        forms.put("markup", component("{\"type\": \"text\", \"id\": \"X\", \"text\": \"<img src=x>\"}"));
        forms.put("a link", component("{\"type\": \"text\", \"id\": \"X\", \"text\": \"[here](javascript:x)\"}"));
        forms.put("an address", component("{\"type\": \"text\", \"id\": \"X\", \"text\": \"https://evil.example\"}"));
        forms.put("a computed text", component("{\"type\": \"text\", \"id\": \"X\", \"text\": \"= 1 + 1\"}"));
        forms.put("a template", component("{\"type\": \"text\", \"id\": \"X\", \"text\": \"{{#if title}}x{{/if}}\"}"));
        forms.put(
                "a field nobody fills in", component("{\"type\": \"text\", \"id\": \"X\", \"text\": \"{{secret}}\"}"));
        forms.put("a text that is none", component("{\"type\": \"text\", \"id\": \"X\", \"text\": {\"a\": 1}}"));
        forms.put(
                "a field of its own",
                component("{\"type\": \"textfield\", \"id\": \"X\", \"key\": \"approvalNeeded\"}"));
        forms.put(
                "a field twice",
                component("{\"type\": \"textarea\", \"id\": \"X\", \"key\": \"links\", \"disabled\": true}"));
        forms.put("an id twice", component("{\"type\": \"separator\", \"id\": \"Text_Ask\"}"));
        forms.put("a field without a key", component("{\"type\": \"textfield\", \"id\": \"X\"}"));
        forms.put("a field that is hidden", attribute("\"conditional\": {\"hide\": \"=true\"}"));
        forms.put(
                "a text that is hidden",
                component("{\"type\": \"separator\", \"id\": \"X\", \"conditional\": {\"hide\": \"=true\"}}"));
        forms.put("an answer that is given before", attribute("\"defaultValue\": \"APPROVE\""));
        forms.put("answers from elsewhere", attribute("\"valuesExpression\": \"=x\""));
        forms.put("a swapped label", SHIPPED.replace("\"label\": \"Reject\"", "\"label\": \"Approve later\""));
        forms.put("another answer", SHIPPED.replace("\"value\": \"REJECT\"", "\"value\": \"APPROVE\""));
        forms.put("no reason", SHIPPED.replace("\"key\": \"reason\"", "\"key\": \"because\""));
        forms.put("a longer reason", SHIPPED.replace("2000", "4000"));
        forms.put("the services not shown", SHIPPED.replace("{{services}}", "none"));
        forms.put("the freezes not shown", SHIPPED.replace("\"key\": \"freezes\"", "\"key\": \"links\""));
        forms.put("a field to write in", SHIPPED.replaceFirst(",\\s*\"disabled\": true", ""));
        return forms.entrySet();
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void findsWhatIsWrong(Map.Entry<String, String> form) {
        assertThat(form.getValue()).isNotEqualTo(SHIPPED);
        assertThat(FormRule.breaches(FILE, form.getValue(), SHIPPED))
                .as(form.getKey())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding).doesNotContain("Exception"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"=label2 = \\\"\\\"\" | \"=true\" | The field item2 must keep its conditional",
                "{{label2}} | It is done | The field item2 must keep its label",
                "{{label2}} | {{label3}} | The field item2 must keep its label"
            })
    void hidesAndNamesNothingOtherwiseThanTheOneThatShips(String shippedPart, String redrawn, String finding) {
        String work = shipped("WorkByHand.form");
        assertThat(work).contains(shippedPart);

        assertThat(FormRule.breaches("WorkByHand.form", work.replace(shippedPart, redrawn), work))
                .contains(finding);
    }

    @Test
    void findsEverythingAtOnce() {
        String worst = SHIPPED.replace("{{services}}", "none")
                .replace("\"label\": \"Reject\"", "\"label\": \"No\"")
                .replace("Camunda Platform", "Camunda Cloud");

        assertThat(FormRule.breaches(FILE, worst, SHIPPED)).hasSize(3);
    }

    private static String component(String component) {
        return SHIPPED.replaceFirst(
                "\"components\": \\[", Matcher.quoteReplacement("\"components\": [" + component + ","));
    }

    private static String attribute(String attribute) {
        return SHIPPED.replace("\"key\": \"decision\",", "\"key\": \"decision\", " + attribute + ",");
    }

    private static String shipped(String name) {
        return Models.files(".form")
                .filter(file -> file.getName().equals(name))
                .map(Models::text)
                .findFirst()
                .orElseThrow();
    }
}
