package io.gatehouse.release.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.release.Moment;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTests {

    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

    private static Placeholders.Told told(String name) {
        ReleaseContent made = ReleaseFixture.content(NOW);
        ReleaseContent content = new ReleaseContent(
                name,
                made.description(),
                made.manager(),
                made.train(),
                made.readyOn(),
                made.environment(),
                made.window(),
                made.plans(),
                made.questionnaire(),
                made.items(),
                made.seats(),
                List.of(),
                null);
        return new Placeholders.Told(Release.plan("2026-017", content, "rolf", NOW), Moment.STAGE_PASSED, "uat", null);
    }

    @Test
    void fillsWhatIsKnown() {
        assertThat(Placeholders.fill(
                        "{{release.number}} {{ release.name }}: {{moment}} {{stage}}, {{release.items}}, {{release.train}}",
                        told("Gazpacho")))
                .isEqualTo("REL-2026-017 Gazpacho: stage passed uat, nova 31.0.0, none");
    }

    /** Somebody may call a release whatever they like. */
    @Test
    void takesWhatItFillsInForText() {
        assertThat(Placeholders.fill("{{release.name}}", told("{{release.manager}} $1 \\")))
                .isEqualTo("{{release.manager}} $1 \\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{release.secret}}",
                "{{}}",
                "{{release}}",
                "{{release.number.class}}",
                "{{T(java.lang.Runtime)}}",
                "{{release.number",
                "{{release.\nnumber}}",
                "{{{{release.number}}"
            })
    void refusesWhatItDoesNotKnow(String text) {
        assertThat(Placeholders.objection(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{ }", "}} {", "{{release.number}}{{stage}}", "{release.number}"})
    void takesTheRest(String text) {
        assertThat(Placeholders.objection(text)).isEmpty();
    }
}
