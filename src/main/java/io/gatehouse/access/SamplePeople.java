package io.gatehouse.access;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people of the sample organisation, each with a password that everybody knows. They exist only in the profile
 * {@code sample}; {@link NoSamplePeople} keeps every other profile from starting with them.
 */
@Component
@Profile("sample")
@Order(10)
class SamplePeople implements ApplicationRunner {

    static final String MAIL_DOMAIN = "@sample.gatehouse.invalid";

    record SamplePerson(String id, String firstName, String lastName, Set<String> groups) {

        String password() {
            return id + "-sample";
        }
    }

    static final List<SamplePerson> ALL = List.of(
            new SamplePerson("rita", "Rita", "Requester", Set.of(Roles.REQUESTER)),
            new SamplePerson("theo", "Theo", "Technical", Set.of(Roles.TECHNICAL_APPROVER, Roles.REQUESTER)),
            new SamplePerson("carla", "Carla", "Cab", Set.of(Roles.CAB_MEMBER)),
            new SamplePerson("chris", "Chris", "Chair", Set.of(Roles.CAB_CHAIR, Roles.CAB_MEMBER)),
            new SamplePerson("mona", "Mona", "Manager", Set.of(Roles.CHANGE_MANAGER, Roles.PROCESS_OWNER)),
            new SamplePerson(
                    "rolf", "Rolf", "Release", Set.of(Roles.RELEASE_MANAGER, Roles.REQUESTER, Roles.PROCESS_OWNER)),
            new SamplePerson("petra", "Petra", "Product", Set.of(Roles.PRODUCT_OWNER)),
            new SamplePerson("oskar", "Oskar", "Operations", Set.of(Roles.OPS_LEAD)),
            new SamplePerson("quinn", "Quinn", "Quality", Set.of(Roles.QA_LEAD)),
            new SamplePerson("sasha", "Sasha", "Security", Set.of(Roles.SECURITY_OFFICER)),
            new SamplePerson("alma", "Alma", "Auditor", Set.of(Roles.AUDITOR)),
            new SamplePerson("adam", "Adam", "Admin", Set.of(Roles.ADMIN)),
            new SamplePerson("pipeline", "Pipeline", "Bot", Set.of(Roles.REQUESTER)));

    private final IdentityService identities;
    private final EngineIdentities writes;
    private final ApplicationEventPublisher events;

    SamplePeople(IdentityService identities, EngineIdentities writes, ApplicationEventPublisher events) {
        this.identities = identities;
        this.writes = writes;
        this.events = events;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        ALL.forEach(this::createOnce);
    }

    private void createOnce(SamplePerson person) {
        if (identities.createUserQuery().userId(person.id()).count() > 0) {
            return;
        }
        User user = identities.newUser(person.id());
        user.setFirstName(person.firstName());
        user.setLastName(person.lastName());
        user.setEmail(person.id() + MAIL_DOMAIN);
        user.setPassword(person.password());
        writes.saveUser(user);
        person.groups().forEach(group -> writes.createMembership(person.id(), group));
        events.publishEvent(new PersonWritten(person.id(), "SamplePersonAdded"));
    }
}
