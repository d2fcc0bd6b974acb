package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.junit.jupiter.api.Test;

/** Every command of the engine that may change something is refused, or is named here with the reason why not. */
class EngineCommandsTests {

    private static final Set<String> LEFT = Set.of(
            // what people do with their tasks, past the door of each task
            "AddCommentCmd",
            "AssignTaskCmd",
            "ClaimTaskCmd",
            "CompleteTaskCmd",
            "CreateAttachmentCmd",
            "DeleteAttachmentCmd",
            "DeleteProcessInstanceCommentCmd",
            "DeleteTaskCommentCmd",
            "SaveAttachmentCmd",
            "SaveTaskCmd",
            "SubmitTaskFormCmd",
            "UpdateCommentCmd",
            // starts by the start event: what follows looks at our tables
            "StartProcessInstanceCmd",
            "SubmitStartFormCmd",
            // asks about people, groups and permissions, and objects of them that are in no database until they are
            // saved
            "AuthorizationCheckCmd",
            "CreateAuthorizationCommand",
            "CreateGroupCmd",
            "CreateGroupQueryCmd",
            "CreateNativeUserQueryCmd",
            "CreateTenantCmd",
            "CreateTenantQueryCmd",
            "CreateUserCmd",
            "CreateUserQueryCmd",
            "TaskCountByCandidateGroupCmd",
            // filters
            "CreateFilterCmd",
            "DeleteFilterCmd",
            "ExecuteFilterCountCmd",
            "ExecuteFilterListCmd",
            "ExecuteFilterListPageCmd",
            "ExecuteFilterSingleResultCmd",
            "SaveFilterCmd",
            // jobs by whoever runs them, and what the engine does by itself
            "AcquireJobsCmd",
            "BootstrapEngineCommand",
            "CreateNewTimerJobCommand",
            "DbSchemaUpgradeCmd",
            "DefaultJobRetryCmd",
            "DeleteDeploymentFailCmd",
            "DeleteDeploymentListenerCmd",
            "DeleteMetricsCmd",
            "DeleteTaskMetricsCmd",
            "DetermineHistoryLevelCmd",
            "ExecuteJobsCmd",
            "FailedJobListenerCmd",
            "HistoryCleanupHandlerCmd",
            "HistoryCleanupSchedulerCmd",
            "HistoryLevelSetupCommand",
            "MetricsCollectionCmd",
            "MetricsQueryIntervalCmd",
            "MetricsQuerySumCmd",
            "RegisterDeploymentCmd",
            "RegisterProcessApplicationCmd",
            "ReportDbMetricsCmd",
            "ReportDbMetricsValueCmd",
            "TelemetryConfigureCmd",
            "UnlockJobCmd",
            "UnregisterDeploymentCmd",
            "UnregisterProcessApplicationCmd",
            // cases, which are switched off
            "CaseExecutionVariableCmd",
            "CloseCaseInstanceCmd",
            "CompleteCaseExecutionCmd",
            "CreateCaseInstanceCmd",
            "DeleteHistoricCaseInstanceCmd",
            "DeleteHistoricCaseInstancesBulkCmd",
            "DisableCaseExecutionCmd",
            "ManualStartCaseExecutionCmd",
            "ReenableCaseExecutionCmd",
            "TerminateCaseExecutionCmd",
            "UpdateCaseDefinitionHistoryTimeToLiveCmd",
            // reads and evaluations
            "CreateMigrationPlanCmd",
            "EvaluateDecisionCmd",
            "EvaluateDecisionTableCmd",
            "ExecuteDurationCmd",
            "ExecuteDurationReportCmd",
            "HistoricTaskInstanceCountByNameCmd",
            // remarks
            "DeleteLicenseKeyCmd",
            "SetAnnotationForIncidentCmd",
            "SetLicenseKeyCmd");

    @Test
    void everyCommandIsRefusedOrNamedHere() throws Exception {
        assertThat(commands()).hasSizeGreaterThan(200);
        Set<String> left = new TreeSet<>();
        for (Class<?> command : commands()) {
            if (!OperatorActions.includes(command) && !command.getSimpleName().matches("(Get|Is|Find|Optimize).*")) {
                left.add(command.getSimpleName());
            }
        }

        assertThat(left).containsExactlyInAnyOrderElementsOf(LEFT);
    }

    private static List<Class<?>> commands() throws Exception {
        Path jar = Path.of(ProcessEngine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JarFile engine = new JarFile(jar.toFile())) {
            return engine.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.matches("org/camunda/bpm/engine/impl/.*(Cmd|Command)\\.class"))
                    .<Class<?>>map(name -> load(name.replace('/', '.').replaceFirst("\\.class$", "")))
                    .filter(type -> Command.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, EngineCommandsTests.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
