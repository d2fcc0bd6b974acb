package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleWelcomeTests {

    @Test
    void namesTheDoorsAndEverybodyWhoMaySignIn() {
        String text = SampleWelcome.text("8123");

        assertThat(text)
                .contains(
                        "http://localhost:8123/camunda/app/tasklist/",
                        "http://localhost:8123/processes",
                        "http://localhost:8123/docs",
                        "rita-sample")
                .contains("  theo      requester, technical-approver");
        assertThat(SamplePeople.ALL).allSatisfy(person -> assertThat(text).contains("  " + person.id() + " "));
    }
}
