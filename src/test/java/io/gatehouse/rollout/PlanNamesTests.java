package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Artifact;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanNamesTests {

    private static final Artifact WEB = new Artifact("web", "2.0.1", "sha256:ab12");
    private static final Artifact OSLO = new Artifact("oslo.config", "9.1~rc1", null);

    @ParameterizedTest
    @CsvSource({
        "plain,                                     plain",
        "${artifact.web.version},                   2.0.1",
        "${artifact.web.digest},                    sha256:ab12",
        "${artifact.oslo.config.version},           9.1~rc1",
        "v${artifact.web.version}-x,                v2.0.1-x",
        "${artifact.web.version}@${artifact.web.digest}, 2.0.1@sha256:ab12",
        "deploy-${environment}-${artifact.web.version}, deploy-staging-2.0.1",
        "$1 {version} $,                            $1 {version} $",
    })
    void fillsInWhatTheChangeBrings(String value, String filled) {
        PlanNames names = PlanNames.of("staging", List.of(WEB, OSLO));

        assertThat(names.fill(value)).contains(filled);
        assertThat(names.isWrong(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${artifact.version}",
                "${artifact.digest}",
                "${artifact.db.version}",
                "${artifact.oslo.config.digest}",
                "${artifact.web.version",
                "${artifact.web.name}",
                "${artifact.WEB.version}",
                "${ artifact.web.version }",
                "${version}",
                "${environment.key}",
                "${environments}",
                "${}",
                "a ${",
                "${artifact.web.version} ${HOME}",
            })
    void refusesWhatItDoesNotBring(String value) {
        PlanNames names = PlanNames.of("staging", List.of(WEB, OSLO));

        assertThat(names.fill(value)).isEmpty();
        assertThat(names.isWrong(value)).isTrue();
    }

    @Test
    void needsNoServiceWhereThereIsOneArtifact() {
        PlanNames names = PlanNames.of("staging", List.of(WEB));

        assertThat(names.fill("${artifact.version} ${artifact.digest}")).contains("2.0.1 sha256:ab12");
        assertThat(PlanNames.of("staging", List.of()).fill("${artifact.version}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1; reboot",
                "1\n2",
                "$(id)",
                "`id`",
                "-rf",
                "../2.0",
                "a/b",
                "a,b",
                "a b",
                "{part}",
                "${artifact.web.digest}",
                "",
                "1\u0000",
            })
    void putsInNothingThatIsMoreThanAWord(String version) {
        PlanNames names = PlanNames.of("staging", List.of(new Artifact("web", version, "sha256:ab12")));

        assertThat(names.fill("${artifact.version}")).isEmpty();
        assertThat(names.fill("${artifact.digest}")).contains("sha256:ab12");
    }

    @ParameterizedTest
    @CsvSource({
        "plain,                     false",
        "${artifact.version},       false",
        "${artifact.any.digest},    false",
        "${environment},            false",
        "${environment.key},        true",
        "${artifact.any.name},      true",
        "${HOME},                   true",
    })
    void knowsBeforehandWhatCanNeverBeFilledIn(String value, boolean wrong) {
        assertThat(PlanNames.notKnownYet().isWrong(value)).isEqualTo(wrong);
    }

    @Test
    void fillsEveryPartOfAStepThatAToolIsTold() {
        PlanNames names = PlanNames.of("staging", List.of(WEB));

        assertThat(names.fill(step("${artifact.version}", "${artifact.version}", "${artifact.version}")))
                .contains(step("2.0.1", "2.0.1", "2.0.1"));
    }

    @ParameterizedTest
    @CsvSource({"${x},a,a", "a,${x},a", "a,a,${x}"})
    void fillsNoPartOfAStepIfAnyCannotBeFilled(String target, String parameter, String undo) {
        assertThat(PlanNames.of("staging", List.of(WEB)).fill(step(target, parameter, undo)))
                .isEmpty();
    }

    private static PlannedStep step(String target, String parameter, String undo) {
        return new PlannedStep(
                Stage.DEPLOY_APPLICATION,
                "Web ${artifact.version}",
                "tool",
                target,
                Map.of("version", parameter),
                new Undo("tool", Map.of("version", undo)),
                null,
                false,
                "See ${artifact.version}",
                null);
    }
}
