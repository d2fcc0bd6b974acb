package io.gatehouse.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonIdTests {

    @ParameterizedTest
    @ValueSource(strings = {"nora", "n", "nora.berg", "nora_b-2", "7of9"})
    void takesWhatIsOneThingToEveryDatabase(String id) {
        assertThat(PersonId.objection(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nora ",
                " nora",
                "Nora",
                "nora berg",
                "nora\u00a0",
                "n\u043era",
                "nóra",
                "nora\n",
                "nora\u200b",
                "tool:ci",
                "a/b",
                "..",
                ".nora",
                "nora-",
                "nora%20",
                "ｎora",
                "x'--"
            })
    void refusesWhatLooksLikeAnotherOrEndsInASpace(String id) {
        assertThat(PersonId.objection(id)).contains(PersonId.MESSAGE);
    }

    @Test
    void takesAsManyCharactersAsTheDatabaseHolds() {
        assertThat(PersonId.objection("n".repeat(64))).isEmpty();
        assertThat(PersonId.objection("n".repeat(65))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "gatehouse", "camunda-admin", "system"})
    void keepsTheNamesOfWhatIsNoPerson(String id) {
        assertThat(PersonId.objection(id)).get().asString().contains("Gatehouse itself");
    }
}
