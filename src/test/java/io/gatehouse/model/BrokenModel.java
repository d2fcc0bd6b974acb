package io.gatehouse.model;

/** How a sound model is broken so that a rule can be shown to find something: a pattern and what replaces it. */
enum BrokenModel {
    THE_PROCESS_HAS_A_TITLE_A_DOCUMENTATION_AND_A_TIME_TO_LIVE("camunda:historyTimeToLive=\"[^\"]*\"", ""),
    THE_FILE_IS_NAMED_AFTER_THE_PROCESS("<bpmn:process id=\"", "<bpmn:process id=\"Other"),
    THE_ID_OF_AN_ACTIVITY_OR_GATEWAY_IS_ITS_LABEL(
            "name=\"Open rollout\"|name=\"Reserve slot\"", "name=\"Something else\""),
    EVERY_TASK_SAYS_WHY_IT_IS_THERE(
            "(?s)<bpmn:documentation>[^<]*</bpmn:documentation>(\\s*<bpmn:(incoming|extensionElements))", "$1"),
    A_SERVICE_TASK_CALLS_THE_DELEGATE_OF_ITS_NAME_OR_A_DEPLOY_TOOL(
            "\\$\\{(openRollout|reserveSlot)Delegate}", "\\${anotherDelegate}"),
    A_POLICY_TASK_HAS_ITS_TABLE("Activity_RequireReview", "Activity_RequireAnything"),
    A_USER_TASK_HAS_ITS_FORM_ITS_CLASS_A_ROLE_AND_A_DUE_DATE(
            "camunda:candidateGroups=\"[^\"]*\"", "camunda:candidateGroups=\"somebody\""),
    A_USER_TASK_REMINDS_ITS_GROUP_BEFORE_IT_IS_DUE(
            "name=\"reminder\" value=\"[^\"]*\"", "name=\"reminder\" value=\"P30D\""),
    A_LATE_USER_TASK_IS_ESCALATED_TO_SOMEBODY_ELSE(
            "name=\"escalateTo\" value=\"[^\"]*\"", "name=\"escalateTo\" value=\"technical-approver\""),
    EVERY_TASK_IS_OF_A_KIND_THAT_IS_CHECKED("bpmn:businessRuleTask", "bpmn:sendTask"),
    A_PATH_ENDS_AT_AN_END_EVENT("<bpmn:outgoing>Flow_CloseRelease_To_ReleaseClosed</bpmn:outgoing>", ""),
    NOTHING_HAPPENS_THAT_THE_DIAGRAM_DOES_NOT_SHOW(
            "<bpmn:extensionElements>",
            "<bpmn:extensionElements><camunda:executionListener event=\"start\" delegateExpression=\"hidden\" />"),
    EXPRESSIONS_ASK_ONLY_WHAT_THE_CODE_OFFERS("(changeFacts|rolloutLedger)\\.", "runtimeService."),
    NO_TOOL_RUNS_WITHOUT_AN_AUTHORISATION("changeFacts\\.implementing|openRolloutDelegate", "changeFacts.sentBack"),
    WHAT_FOLLOWS_A_TOOL_CANNOT_TAKE_ITS_ANSWER_BACK(" camunda:asyncBefore=\"true\"", ""),
    WHAT_UNDOES_A_TOOL_IS_A_TOOL("rollout\\.undo", "rollout.run"),
    A_ROLLOUT_IS_UNDONE_BY_ONE_EVENT_FOR_ALL(
            "(<bpmn:compensateEventDefinition id=\"CompensateEventDefinition_UndoWhatRan\")",
            "$1 activityRef=\"Activity_DeployApplication\""),
    A_LOOP_OF_A_TOOL_GOES_STEP_BY_STEP_AND_STOPS("isSequential=\"true\"", "isSequential=\"false\""),
    AFTER_EACH_TOOL_THE_LEDGER_SAYS_WHETHER_IT_GOES_ON("rolloutLedger\\.goesOn", "rolloutLedger.stops"),
    NOTHING_RUNS_CODE_OF_ITS_OWN("camunda:delegateExpression=", "camunda:class="),
    EVERY_ELEMENT_IS_DRAWN("(?s)<bpmndi:BPMNShape id=\"Activity_.*?</bpmndi:BPMNShape>", ""),
    A_MESSAGE_IS_NAMED_MODULE_AND_PAST_FACT("<bpmn:message id=\"Message_", "<bpmn:message id=\"Message_Other"),
    A_GATEWAY_HAS_ONE_DEFAULT_AND_LABELS_ON_EVERY_WAY_OUT(" default=\"[^\"]*\"", ""),
    WHAT_A_TOOL_DOES_CAN_BE_UNDONE_OR_SAYS_WHY_NOT("(?s)<bpmn:association .*?/>", ""),
    NOTHING_IS_CAUGHT_ROUND_WHAT_MUST_BE_UNDONE(
            "<bpmn:compensateEventDefinition id=\"[^\"]*\"[^>]*/>", "<bpmn:errorEventDefinition />"),
    AN_APPROVAL_NEVER_COMES_FROM_AN_EMPTY_LIST("changeFacts\\.openSeats", "changeFacts.anySeats"),
    NOBODY_IS_ASKED_BY_NAME_BUT_WHO_HAS_A_VOTE_OR_A_TASK(
            "camunda:candidateUsers=\"[^\"]*\"", "camunda:candidateUsers=\"rita\""),
    A_CALLED_PROCESS_EXISTS("calledElement=\"[^\"]*\"", "calledElement=\"Nothing\"");

    final String sound;
    final String broken;

    BrokenModel(String sound, String broken) {
        this.sound = sound;
        this.broken = broken;
    }
}
