package io.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.engine.ModelVocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.slf4j.LoggerFactory;

/** What anybody may send as a model or form: it is found to be wrong or keeps the rules, and nothing else happens. */
@Tag("fuzz")
class ModelUploadFuzzTests {

    private static final ModelCheck CHECK = check();
    private static final Map<String, String> SHIPPED = shipped();

    static {
        // Each model that cannot be read is a line of the log, with its stack.
        ((Logger) LoggerFactory.getLogger(ModelCheck.class)).setLevel(Level.OFF);
    }

    private static ModelCheck check() {
        KnownNames known = Models.known();
        ModelVocabulary vocabulary = mock(ModelVocabulary.class);
        when(vocabulary.delegates()).thenReturn(known.delegates());
        when(vocabulary.tasks()).thenReturn(known.tasks());
        when(vocabulary.questions()).thenReturn(known.questions());
        when(vocabulary.processes()).thenReturn(Set.of());
        return new ModelCheck(new ShippedModels(), vocabulary);
    }

    private static Map<String, String> shipped() {
        Map<String, String> texts = new TreeMap<>();
        Stream.of(".bpmn", ".dmn", ".form")
                .flatMap(Models::files)
                .forEach(file -> texts.put(file.getName(), Models.text(file)));
        return texts;
    }

    @FuzzTest(maxDuration = "5m")
    void xmlIsHarmlessOrRefused(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        if (HarmlessXml.trouble(text).isEmpty()) {
            assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("<!doctype", "<!entity");
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aModelIsSoundOrFoundWrong(FuzzedDataProvider data) {
        look(data.pickValue(List.of("Rollout.bpmn", "RequireReview.dmn")), data.consumeRemainingAsString());
    }

    @FuzzTest(maxDuration = "5m")
    void aFormIsSoundOrFoundWrong(FuzzedDataProvider data) {
        look("ReviewChange.form", data.consumeRemainingAsString());
    }

    /** What is nearly sound gets further than anything a fuzzer would write from nothing. */
    @FuzzTest(maxDuration = "5m")
    void anAlteredModelOrFormIsSoundOrFoundWrong(FuzzedDataProvider data) {
        String file = data.pickValue(List.of(
                "Rollout.bpmn",
                "SampleRollout.bpmn",
                "StandardChange.bpmn",
                "ChooseApprovers.dmn",
                "RequireReview.dmn",
                "ReviewChange.form",
                "VerifyDeployment.form"));
        StringBuilder text = new StringBuilder(SHIPPED.get(file));
        for (int i = data.consumeInt(1, 3); i > 0; i--) {
            int at = data.consumeInt(0, text.length());
            int until = Math.min(text.length(), at + data.consumeInt(0, 60));
            text.replace(at, until, data.consumeString(120));
        }
        look(file, text.toString());
    }

    private static void look(String file, String text) {
        List<String> findings = CHECK.findings(file, text);

        assertThat(findings)
                .hasSizeLessThanOrEqualTo(ModelCheck.MOST_FINDINGS)
                .allSatisfy(finding ->
                        assertThat(finding).isNotBlank().hasSizeLessThanOrEqualTo(ModelCheck.LONGEST_FINDING + 1));
        assertThat(CHECK.findings(file, text)).as("a second time").isEqualTo(findings);
        if (findings.isEmpty()) {
            assertThat(text).doesNotContain("<script", "camunda:class=", "camunda:expression=", "scriptFormat");
        }
    }
}
