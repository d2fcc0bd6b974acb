package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.catalog.EnvironmentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ChooseCarrier.dmn} row by row. */
class ChooseCarrierDecisionTests {

    /** A small release into production, for which a template was let in that fits. */
    private static final Map<String, Object> USUAL = Map.ofEntries(
            Map.entry("production", true),
            Map.entry("environmentKind", "PRODUCTION"),
            Map.entry("tier", 2),
            Map.entry("serviceCount", 1),
            Map.entry("dataMigration", false),
            Map.entry("downtime", false),
            Map.entry("backoutTested", true),
            Map.entry("neededDataMigration", false),
            Map.entry("packageFixed", true),
            Map.entry("template", "install-nova"),
            Map.entry("templateState", "ACTIVE"),
            Map.entry("templateFit", "FITS"),
            Map.entry("eligible", true));

    private static final String STAGING = "production=false environmentKind=STAGING ";

    private static final String UNLOOKED = "templateFit=NOT_LOOKED_AT eligible=false ";

    private final DecisionTableFixture table = new DecisionTableFixture("ChooseCarrier", USUAL);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                      | STANDARD | Reviewed",
                "tier=4                                                | STANDARD | Reviewed",
                "templateState=NONE " + UNLOOKED + "                   | NORMAL   | NoneNamed",
                "templateState=MISSING " + UNLOOKED + "                | NORMAL   | NotInForce",
                "templateState=PROPOSED " + UNLOOKED + "               | NORMAL   | NotInForce",
                "templateState=SUSPENDED " + UNLOOKED + "              | NORMAL   | Suspended",
                "templateState=RETIRED " + UNLOOKED + "                | NORMAL   | Retired",
                "templateFit=OTHER_SERVICES eligible=false             | NORMAL   | OtherServices",
                "templateFit=OTHER_ENVIRONMENT eligible=false          | NORMAL   | OtherEnvironment",
                "templateFit=FIXES_VERSION eligible=false              | NORMAL   | FixesVersion",
                "templateFit=OTHER_PLANS eligible=false                | NORMAL   | OtherPlans",
                "templateFit=PLAN_CHANGED eligible=false               | NORMAL   | PlanChanged",
                "templateFit=NOT_ROLLED_OUT_SO eligible=false          | NORMAL   | NotRolledOutSo",
                "templateFit=NOT_LOOKED_AT eligible=false              | NORMAL   | EverythingElse",
                "eligible=false                                        | NORMAL   | NotEligible",
                // What is wrong with the template is said first: it is what somebody can mend.
                "templateState=SUSPENDED dataMigration=true            | NORMAL   | Suspended",
                // In production people look at what is risky, and everywhere at what converts data.
                "packageFixed=false                                    | NORMAL   | PackageNotFixed",
                "dataMigration=true                                    | NORMAL   | DataMigration",
                STAGING + "dataMigration=true                          | NORMAL   | DataMigration",
                "downtime=true                                         | NORMAL   | Downtime",
                "neededDataMigration=true                              | NORMAL   | NeedsDataMigration",
                STAGING + "neededDataMigration=true                    | STANDARD | Reviewed",
                "backoutTested=false                                   | NORMAL   | BackoutNotTested",
                STAGING + "backoutTested=false                         | STANDARD | Reviewed",
                "tier=1                                                | NORMAL   | MostCritical",
                STAGING + "tier=1                                      | STANDARD | Reviewed"
            })
    void choosesWhichKindOfChangeCarriesARelease(String told, String carrier, String rule) {
        assertThat(table.ask(told == null ? "" : told)).singleElement().satisfies(answer -> assertThat(answer)
                .containsEntry("carrier", carrier)
                .hasEntrySatisfying(
                        "reason", reason -> assertThat(reason.toString()).isNotBlank()));
        assertThat(table.rules()).containsExactly("Carrier_" + rule);
    }

    @Test
    void speaksOfEverythingThatTheCodeTells() throws IOException {
        String text = Files.readString(Path.of("processes", "change", "ChooseCarrier.dmn"));

        assertThat(Stream.of(TemplateFit.values(), CatalogueEntry.State.values(), EnvironmentKind.values())
                        .flatMap(Arrays::stream)
                        .map(Enum::name))
                .allSatisfy(word -> assertThat(text).contains("\"" + word + "\""));
        assertThat(text).contains("\"" + CarrierTemplates.NONE + "\"", "\"" + CarrierTemplates.MISSING + "\"");
    }
}
