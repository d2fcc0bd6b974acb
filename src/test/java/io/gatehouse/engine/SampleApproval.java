package io.gatehouse.engine;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.testing.InsideTheEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** A small process of its own: approved by two seats, then signed; the requester must not approve. */
@TestConfiguration(proxyBeanMethods = false)
class SampleApproval {

    /** The decisions, in a list of ours and not in a variable, as {@code number seat person decision}. */
    static final List<String> DECISIONS = new CopyOnWriteArrayList<>();

    private static final Map<String, String> REQUESTERS = new ConcurrentHashMap<>();

    enum Decision {
        APPROVED,
        REJECTED
    }

    @CallableFromModels
    static class SampleApprovals {

        public List<String> seats() {
            return List.of("technical-approver", "cab-member");
        }
    }

    static class ApproveSampleForm implements TaskForm {

        @Override
        public Map<String, Object> show(OpenTask task) {
            return Map.of("title", "Sample " + task.number());
        }

        @Override
        public void admit(OpenTask task, Person person) {
            if (person.id().equals(REQUESTERS.get(task.number()))) {
                throw ProblemException.forbidden(
                        "own-request", "Own request", "Whoever requested a sample must not approve it.");
            }
        }

        @Override
        public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
            Decision decision = answers.choice("decision", Decision.class);
            answers.nothingElse();
            DECISIONS.add(String.join(" ", task.number(), task.seat(), person.id(), decision.name()));
            return Map.of();
        }
    }

    static class SignSampleForm implements TaskForm {

        @Override
        public Map<String, Object> show(OpenTask task) {
            return Map.of("note", "Sign " + task.number());
        }

        @Override
        public void admit(OpenTask task, Person person) {
            // Every member of the groups may sign.
        }

        @Override
        public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
            answers.nothingElse();
            return Map.of();
        }
    }

    @Bean
    SampleApprovals sampleApprovals() {
        return new SampleApprovals();
    }

    @Bean
    ApproveSampleForm approveSampleForm() {
        return new ApproveSampleForm();
    }

    @Bean
    SignSampleForm signSampleForm() {
        return new SignSampleForm();
    }

    @Bean
    Samples samples(
            ProcessEngine engine, RepositoryService repository, RuntimeService runtime, IdentityService identities) {
        return new Samples(engine, repository, runtime, identities);
    }

    /** Starts samples and plays people. */
    record Samples(
            ProcessEngine engine, RepositoryService repository, RuntimeService runtime, IdentityService identities) {

        /** Starts one that {@code requester} asked for, whoever else is playing. */
        void start(String number, String requester) {
            InsideTheEngine.run(engine, () -> repository
                    .createDeployment()
                    .name("SampleApproval")
                    .enableDuplicateFiltering(true)
                    .addClasspathResource("models/SampleApproval.bpmn")
                    .deploy());
            REQUESTERS.put(number, requester);
            runtime.startProcessInstanceByKey("SampleApproval", number);
        }

        /** From now on this thread calls through the API as that sample person. */
        void become(String person) {
            List<SimpleGrantedAuthority> roles = identities.createGroupQuery().groupMember(person).list().stream()
                    .map(group -> new SimpleGrantedAuthority("ROLE_" + group.getId()))
                    .toList();
            SecurityContextHolder.getContext()
                    .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(person, null, roles));
        }

        /** Ends a sample wherever it is, and forgets what was decided. */
        void forget(String number) {
            runtime.createProcessInstanceQuery()
                    .processInstanceBusinessKey(number)
                    .list()
                    .forEach(sample -> InsideTheEngine.run(
                            engine, () -> runtime.deleteProcessInstance(sample.getId(), "the test is over")));
            DECISIONS.removeIf(decision -> decision.startsWith(number + " "));
        }

        boolean ended(String number) {
            return runtime.createProcessInstanceQuery()
                            .processInstanceBusinessKey(number)
                            .count()
                    == 0;
        }
    }
}
