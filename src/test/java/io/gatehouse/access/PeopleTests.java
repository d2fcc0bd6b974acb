package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SampleAtRest;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SampleAtRest
@OnH2
class PeopleTests {

    @Autowired
    private People people;

    @Autowired
    private IdentityService identities;

    @AfterEach
    void leave() {
        identities.clearAuthentication();
    }

    /** As when a form that names somebody else is handed in there. */
    @Test
    void areFoundWhoeverIsAtTheTasklist() {
        identities.setAuthentication("quinn", List.of(Roles.QA_LEAD));
        assertThat(identities.createUserQuery().userId("oskar").count())
                .as("what the engine shows quinn")
                .isZero();

        assertThat(people.isActive("oskar")).isTrue();
        assertThat(people.groupsOf("oskar")).containsExactly(Roles.OPS_LEAD);
        assertThat(people.membersOf(Roles.OPS_LEAD)).contains("oskar");
        assertThat(people.addressOf("oskar")).isPresent();
        assertThat(people.isActive("nobody-of-this-name")).isFalse();
    }
}
