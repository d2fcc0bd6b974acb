package io.gatehouse.engine;

import io.gatehouse.api.ProblemException;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Does by hand to a process what {@link NoOperatorActions} refuses to everybody. It asks nobody whether it may: only
 * break-glass calls it, in the transaction in which it writes down that it does.
 */
@Component
public class Repairs {

    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

    private static final int RETRIES = 3;

    /** Such a variable says what a process is about. */
    private static final Pattern NUMBER = Pattern.compile("[A-Z]{3}-\\d{6,15}");

    /** A process that was called and has not got a number of its own yet belongs to its caller's. */
    private static final String PROCESSES =
            """
            select p.ID_ from ACT_RU_EXECUTION p
            where p.PARENT_ID_ is null and (p.BUSINESS_KEY_ = :number or p.BUSINESS_KEY_ is null
                and p.ROOT_PROC_INST_ID_ in (select r.ID_ from ACT_RU_EXECUTION r
                    where r.BUSINESS_KEY_ = :number and r.PARENT_ID_ is null))
            order by p.ID_""";

    /** A process that was called may go by the number of its caller, as the vote of a board does; then it is not meant. */
    private static final String OWN =
            """
            select ID_ from ACT_RU_EXECUTION where PARENT_ID_ is null and BUSINESS_KEY_ = :number
            order by case when SUPER_EXEC_ is null then 0 else 1 end limit 1""";

    private final OnBehalfOfTheSystem system;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final RepositoryService repository;
    private final JdbcClient jdbc;

    Repairs(
            OnBehalfOfTheSystem system,
            RuntimeService runtime,
            ManagementService management,
            RepositoryService repository,
            JdbcClient jdbc) {
        this.system = system;
        this.runtime = runtime;
        this.management = management;
        this.repository = repository;
        this.jdbc = jdbc;
    }

    /**
     * Does it, or nothing.
     *
     * @param number what the process is about, as {@code CHG-000123}
     * @param because the number of whatever permits it, for the engine's history
     * @throws ProblemException conflict if there is nothing to repair that way, or what follows it fails
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void perform(String number, Repair repair, String because) {
        try {
            system.run(context -> {
                perform(repair, number, because);
                return true;
            });
        } catch (ProblemException | OptimisticLockingException | DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("{} of {} under {} failed", repair.kind(), number, because, e);
            throw ProblemException.conflict(
                    "repair-failed",
                    "Did not work",
                    repair.kind() + " of " + number + " was undone, because the engine refused it or what followed"
                            + " failed. Nothing has changed.");
        }
    }

    private void perform(Repair repair, String number, String because) {
        switch (repair.kind()) {
            case SET_RETRIES -> failedJobs(number, repair.place())
                    .forEach(job -> management.setJobRetries(job.getId(), RETRIES));
            case DELETE_JOB -> failedJobs(number, repair.place()).forEach(job -> management.deleteJob(job.getId()));
            case MOVE_TOKEN -> move(number, repair.place(), repair.destination());
            case SET_VARIABLE -> setVariable(own(number), repair.variableName(), repair.text());
            case DELETE_PROCESS -> runtime.deleteProcessInstance(own(number), because);
            case MIGRATE -> migrate(own(number), number, repair.destination());
            case OVERRIDE_FREEZE -> throw new IllegalArgumentException("A freeze is no matter of the engine");
        }
    }

    private List<Job> failedJobs(String number, String at) {
        List<Job> failed = processes(number).stream()
                .flatMap(process ->
                        management
                                .createJobQuery()
                                .processInstanceId(process)
                                .activityId(at)
                                .noRetriesLeft()
                                .list()
                                .stream())
                .toList();
        if (failed.isEmpty()) {
            throw nothing(number + " has no failed job at " + at + ".");
        }
        return failed;
    }

    private void move(String number, String from, String to) {
        String process = processes(number).stream()
                .filter(candidate -> isAt(candidate, from))
                .findFirst()
                .orElseThrow(() -> nothing("No token of " + number + " is at " + from + "."));
        requireNoTools(process, number);
        runtime.createProcessInstanceModification(process)
                .cancelAllForActivity(from)
                .startBeforeActivity(to)
                .execute();
    }

    private boolean isAt(String process, String place) {
        ActivityInstance tree = runtime.getActivityInstance(process);
        return tree != null
                && (tree.getActivityInstances(place).length > 0 || tree.getTransitionInstances(place).length > 0);
    }

    /** The ledger says which tool runs next and which ran; a token that came by hand would make it wrong. */
    private void requireNoTools(String process, String number) {
        boolean callsTools =
                repository
                        .getBpmnModelInstance(definitionOf(process))
                        .getModelElementsByType(ServiceTask.class)
                        .stream()
                        .anyMatch(task -> task.getCamundaTopic() != null);
        if (callsTools) {
            throw ProblemException.conflict(
                    "repair-of-tools",
                    "Not for break-glass",
                    number + " calls deploy tools, and its ledger says what runs next. Roll it back or resolve its"
                            + " step instead of moving its token.");
        }
    }

    private void setVariable(String process, String name, String text) {
        Object present = runtime.getVariable(process, name);
        if (present instanceof String word && !NUMBER.matcher(word).matches()) {
            runtime.setVariable(process, name, text);
        } else if (present instanceof Boolean && List.of("true", "false").contains(text)) {
            runtime.setVariable(process, name, Boolean.valueOf(text));
        } else {
            throw nothing("Only a variable that exists is edited, a word to a word or true to false, and none that"
                    + " says what the process is about.");
        }
    }

    /** To exactly that version, and never back: only while it is the latest one. */
    private void migrate(String process, String number, String version) {
        String present = definitionOf(process);
        ProcessDefinition latest = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(repository.getProcessDefinition(present).getKey())
                .latestVersion()
                .singleResult();
        if (latest.getId().equals(present)) {
            throw nothing(number + " runs the latest version of its model.");
        }
        if (!version.equals(String.valueOf(latest.getVersion()))) {
            throw nothing("The latest version of its model is " + latest.getVersion() + ", not " + version + ".");
        }
        runtime.newMigration(runtime.createMigrationPlan(present, latest.getId())
                        .mapEqualActivities()
                        .build())
                .processInstanceIds(List.of(process))
                .execute();
    }

    private String definitionOf(String process) {
        return runtime.createProcessInstanceQuery()
                .processInstanceId(process)
                .singleResult()
                .getProcessDefinitionId();
    }

    private List<String> processes(String number) {
        return jdbc.sql(PROCESSES).param("number", number).query(String.class).list();
    }

    /** The one process that has this number itself. */
    private String own(String number) {
        List<String> found =
                jdbc.sql(OWN).param("number", number).query(String.class).list();
        if (found.size() != 1) {
            throw nothing("There are " + found.size() + " processes of " + number + ".");
        }
        return found.get(0);
    }

    private static ProblemException nothing(String detail) {
        return ProblemException.conflict("nothing-to-repair", "Nothing to do there", detail);
    }
}
