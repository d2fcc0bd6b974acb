package io.gatehouse.engine;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.impl.cmd.AbstractCorrelateMessageCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractDeleteProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractDeleteProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractModificationCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractPatchVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractProcessInstanceModificationCommand;
import org.camunda.bpm.engine.impl.cmd.AbstractRestartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetBatchStateCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetExternalTaskRetriesCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetJobsRetriesBatchCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetStateCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetTaskPropertyCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractUpdateProcessInstancesSuspendStateCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractVariableCmd;
import org.camunda.bpm.engine.impl.cmd.AddGroupIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.AddIdentityLinkForProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.AddUserIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CreateIncidentCmd;
import org.camunda.bpm.engine.impl.cmd.CreateMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.CreateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CreateTenantGroupMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.CreateTenantUserMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.DelegateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteAuthorizationCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteDeploymentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteGroupCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricTaskInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricVariableInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricVariableInstancesByProcessInstanceIdCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteIdentityLinkForProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteJobCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteJobsCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessDefinitionsByIdsCmd;
import org.camunda.bpm.engine.impl.cmd.DeletePropertyCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteTenantCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteTenantGroupMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteTenantUserMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteUserCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteUserInfoCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteUserOperationLogEntryCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteUserPictureCmd;
import org.camunda.bpm.engine.impl.cmd.DeployCmd;
import org.camunda.bpm.engine.impl.cmd.EvaluateStartConditionCmd;
import org.camunda.bpm.engine.impl.cmd.ExternalTaskCmd;
import org.camunda.bpm.engine.impl.cmd.FetchExternalTasksCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.HistoryCleanupCmd;
import org.camunda.bpm.engine.impl.cmd.MessageEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceAsyncCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.PurgeDatabaseAndCacheCmd;
import org.camunda.bpm.engine.impl.cmd.RecalculateJobDuedateCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveIncidentCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SaveAuthorizationCmd;
import org.camunda.bpm.engine.impl.cmd.SaveGroupCmd;
import org.camunda.bpm.engine.impl.cmd.SaveTenantCmd;
import org.camunda.bpm.engine.impl.cmd.SaveUserCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobDefinitionPriorityCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobDuedateCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobPriorityCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobRetriesCmd;
import org.camunda.bpm.engine.impl.cmd.SetProcessDefinitionVersionCmd;
import org.camunda.bpm.engine.impl.cmd.SetPropertyCmd;
import org.camunda.bpm.engine.impl.cmd.SetUserInfoCmd;
import org.camunda.bpm.engine.impl.cmd.SetUserPictureCmd;
import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.cmd.SignalEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.cmd.UnlockUserCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateDecisionDefinitionHistoryTimeToLiveCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateProcessDefinitionHistoryTimeToLiveCmd;
import org.camunda.bpm.engine.impl.cmd.batch.removaltime.SetRemovalTimeToHistoricBatchesCmd;
import org.camunda.bpm.engine.impl.cmd.batch.removaltime.SetRemovalTimeToHistoricDecisionInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.batch.removaltime.SetRemovalTimeToHistoricProcessInstancesCmd;
import org.camunda.bpm.engine.impl.dmn.cmd.DeleteHistoricDecisionInstanceByDefinitionIdCmd;
import org.camunda.bpm.engine.impl.dmn.cmd.DeleteHistoricDecisionInstanceByInstanceIdCmd;
import org.camunda.bpm.engine.impl.dmn.cmd.DeleteHistoricDecisionInstancesBulkCmd;
import org.camunda.bpm.engine.impl.migration.AbstractMigrationCmd;

/**
 * What an operator of a stock engine does by hand to processes, jobs, models, history, people and permissions. Named by the engine's own
 * commands, because every door ends in one of them: its Java services, its REST interfaces, its web applications.
 */
final class OperatorActions {

    private static final Set<Class<?>> TOKENS = Set.of(
            AbstractProcessInstanceModificationCommand.class,
            ModifyProcessInstanceCmd.class,
            ModifyProcessInstanceAsyncCmd.class,
            AbstractModificationCmd.class,
            AbstractRestartProcessInstanceCmd.class,
            AbstractMigrationCmd.class,
            StartProcessInstanceAtActivitiesCmd.class,
            SetProcessDefinitionVersionCmd.class,
            AbstractCorrelateMessageCmd.class,
            MessageEventReceivedCmd.class,
            SignalCmd.class,
            SignalEventReceivedCmd.class,
            HandleTaskBpmnErrorCmd.class,
            HandleTaskEscalationCmd.class,
            ExternalTaskCmd.class,
            FetchExternalTasksCmd.class);

    private static final Set<Class<?>> VARIABLES = Set.of(AbstractVariableCmd.class, AbstractPatchVariablesCmd.class);

    private static final Set<Class<?>> JOBS = Set.of(
            SetJobRetriesCmd.class,
            AbstractSetJobsRetriesBatchCmd.class,
            AbstractSetExternalTaskRetriesCmd.class,
            SetJobDuedateCmd.class,
            SetJobPriorityCmd.class,
            SetJobDefinitionPriorityCmd.class,
            RecalculateJobDuedateCmd.class,
            CreateIncidentCmd.class,
            ResolveIncidentCmd.class);

    private static final Set<Class<?>> SUSPENSIONS = Set.of(
            AbstractSetStateCmd.class,
            AbstractUpdateProcessInstancesSuspendStateCmd.class,
            AbstractSetBatchStateCmd.class);

    private static final Set<Class<?>> DELETIONS = Set.of(
            AbstractDeleteProcessInstanceCmd.class,
            DeleteTaskCmd.class,
            DeleteJobCmd.class,
            DeleteJobsCmd.class,
            DeleteDeploymentCmd.class,
            AbstractDeleteProcessDefinitionCmd.class,
            DeleteProcessDefinitionsByIdsCmd.class,
            DeleteHistoricProcessInstancesCmd.class,
            DeleteHistoricTaskInstanceCmd.class,
            DeleteHistoricVariableInstanceCmd.class,
            DeleteHistoricVariableInstancesByProcessInstanceIdCmd.class,
            DeleteUserOperationLogEntryCmd.class,
            PurgeDatabaseAndCacheCmd.class);

    private static final Set<Class<?>> TASKS = Set.of(
            DelegateTaskCmd.class,
            ResolveTaskCmd.class,
            CreateTaskCmd.class,
            AbstractSetTaskPropertyCmd.class,
            AddGroupIdentityLinkCmd.class,
            AddUserIdentityLinkCmd.class,
            DeleteIdentityLinkCmd.class,
            AddIdentityLinkForProcessDefinitionCmd.class,
            DeleteIdentityLinkForProcessDefinitionCmd.class);

    private static final Set<Class<?>> HISTORY = Set.of(
            HistoryCleanupCmd.class,
            DeleteHistoricDecisionInstanceByDefinitionIdCmd.class,
            DeleteHistoricDecisionInstanceByInstanceIdCmd.class,
            DeleteHistoricDecisionInstancesBulkCmd.class,
            SetRemovalTimeToHistoricProcessInstancesCmd.class,
            SetRemovalTimeToHistoricDecisionInstancesCmd.class,
            SetRemovalTimeToHistoricBatchesCmd.class,
            UpdateProcessDefinitionHistoryTimeToLiveCmd.class,
            UpdateDecisionDefinitionHistoryTimeToLiveCmd.class);

    private static final Set<Class<?>> SETTINGS =
            Set.of(SetPropertyCmd.class, DeletePropertyCmd.class, EvaluateStartConditionCmd.class);

    private static final Set<Class<?>> IDENTITIES = Set.of(
            CreateMembershipCmd.class,
            CreateTenantGroupMembershipCmd.class,
            CreateTenantUserMembershipCmd.class,
            DeleteAuthorizationCmd.class,
            DeleteGroupCmd.class,
            DeleteMembershipCmd.class,
            DeleteTenantCmd.class,
            DeleteTenantGroupMembershipCmd.class,
            DeleteTenantUserMembershipCmd.class,
            DeleteUserCmd.class,
            DeleteUserInfoCmd.class,
            DeleteUserPictureCmd.class,
            SaveAuthorizationCmd.class,
            SaveGroupCmd.class,
            SaveTenantCmd.class,
            SaveUserCmd.class,
            SetUserInfoCmd.class,
            SetUserPictureCmd.class,
            UnlockUserCmd.class);

    private static final Set<Class<?>> MODELS = Set.of(DeployCmd.class);

    /** How commands end that begin a batch of the above. */
    private static final String BATCH = "BatchCmd";

    private static final List<Set<Class<?>>> ALL =
            List.of(TOKENS, VARIABLES, JOBS, SUSPENSIONS, DELETIONS, TASKS, HISTORY, SETTINGS, IDENTITIES, MODELS);

    private OperatorActions() {}

    /** Giving a task back is such a command too; the door of the task decides about it. */
    static boolean includes(Class<?> command) {
        if (command == AssignTaskCmd.class) {
            return false;
        }
        return command.getSimpleName().endsWith(BATCH)
                || ALL.stream().flatMap(Set::stream).anyMatch(type -> type.isAssignableFrom(command));
    }
}
