package io.gatehouse.model;

import static java.util.function.Predicate.not;

import io.gatehouse.access.Roles;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.Association;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.CompensateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * What every process must keep, however its owner redraws it. A rule answers with one sentence per breach.
 */
enum ModelRule {
    THE_PROCESS_HAS_A_TITLE_A_DOCUMENTATION_AND_A_TIME_TO_LIVE(model -> model.all(Process.class)
            .filter(process -> process.getName() == null
                    || process.getDocumentations().isEmpty()
                    || process.getCamundaHistoryTimeToLiveString() == null)
            .map(process -> process.getId() + " lacks its title, its documentation or historyTimeToLive")),
    THE_FILE_IS_NAMED_AFTER_THE_PROCESS(model -> model.all(Process.class)
            .filter(process -> !(process.getId() + ".bpmn").equals(model.file()))
            .map(process -> process.getId() + " is in " + model.file())),
    THE_ID_OF_AN_ACTIVITY_OR_GATEWAY_IS_ITS_LABEL(model -> Stream.concat(
                    model.all(Activity.class).map(activity -> label("Activity_", activity)),
                    model.all(ExclusiveGateway.class).map(gateway -> label("Gateway_", gateway)))
            .filter(not(String::isEmpty))),
    EVERY_TASK_SAYS_WHY_IT_IS_THERE(model -> model.all(Task.class)
            .filter(task -> !task.isForCompensation())
            .filter(task -> task.getDocumentations().isEmpty())
            .map(task -> named(task) + " has no documentation")),
    A_SERVICE_TASK_CALLS_THE_DELEGATE_OF_ITS_NAME_OR_A_DEPLOY_TOOL(model -> Stream.concat(
                    model.all(ServiceTask.class)
                            .filter(task -> !isToolTask(task))
                            .map(task -> delegate(model, task, task.getCamundaDelegateExpression())),
                    model.all(BusinessRuleTask.class)
                            .map(task -> delegate(model, task, task.getCamundaDelegateExpression())))
            .filter(not(String::isEmpty))),
    A_POLICY_TASK_HAS_ITS_TABLE(model -> model.all(BusinessRuleTask.class)
            .filter(task -> !model.known().tables().contains(stem(task)))
            .map(task -> named(task) + " has no table " + stem(task) + ".dmn")),
    A_USER_TASK_HAS_ITS_FORM_ITS_CLASS_A_ROLE_AND_A_DUE_DATE(model ->
            model.all(UserTask.class).map(task -> userTask(model, task)).filter(not(String::isEmpty))),
    A_USER_TASK_REMINDS_ITS_GROUP_BEFORE_IT_IS_DUE(model -> model.all(UserTask.class)
            .filter(task -> !remindsInTime(task))
            .map(task -> named(task) + " needs a property 'reminder', how long before it is due its group is"
                    + " reminded, as PT4H, and shorter than the time it has")),
    A_LATE_USER_TASK_IS_ESCALATED_TO_SOMEBODY_ELSE(model -> model.all(UserTask.class)
            .filter(task -> !escalatesToOthers(task))
            .map(task -> named(task) + " needs a property 'escalateTo' with a role that is not asked anyway,"
                    + " and 'escalateAfter', if given, as PT4H")),
    EVERY_TASK_IS_OF_A_KIND_THAT_IS_CHECKED(model -> Stream.concat(
            model.all(Task.class)
                    .filter(task -> !(task instanceof UserTask
                            || task instanceof ServiceTask
                            || task instanceof BusinessRuleTask))
                    .map(task -> named(task) + " must be a task for people, a service or a policy"),
            model.all(MessageEventDefinition.class)
                    .filter(message -> message.getParentElement() instanceof ThrowEvent)
                    .map(message -> message.getId() + " sends a message past the ledger"))),
    A_PATH_ENDS_AT_AN_END_EVENT(model -> model.all(FlowNode.class)
            .filter(node -> node.getOutgoing().isEmpty() && !mayBeLast(node))
            .map(node -> named(node) + " leads nowhere: the process would end there without saying so")),
    NOTHING_HAPPENS_THAT_THE_DIAGRAM_DOES_NOT_SHOW(
            model -> Pattern.compile("camunda:executionListener|camunda:taskListener|camunda:field")
                    .matcher(model.text())
                    .results()
                    .map(found -> "has a hidden " + found.group())),
    EXPRESSIONS_ASK_ONLY_WHAT_THE_CODE_OFFERS(model -> Pattern.compile("(\\w+)\\s*\\.\\s*(\\w+)\\s*\\(")
            .matcher(String.join(" ", expressions(model)))
            .results()
            .filter(call -> !model.known().isCallable(call.group(1), call.group(2)))
            .map(call -> "asks " + call.group(1) + "." + call.group(2) + ", which is not offered to models")),
    NO_TOOL_RUNS_WITHOUT_AN_AUTHORISATION(model -> Stream.of(
                    ModelPaths.reach(model, ModelRule::isRun, ModelRule::opensRollout),
                    ModelPaths.reach(model, ModelRule::callsRollout, ModelRule::asksWhetherItMayStart),
                    ModelPaths.reach(model, ModelRule::startsImplementation, ModelRule::authorises))
            .flatMap(List::stream)
            .map(node -> named(node) + " can be reached without an authorisation")),
    WHAT_FOLLOWS_A_TOOL_CANNOT_TAKE_ITS_ANSWER_BACK(model -> model.all(ServiceTask.class)
            .filter(task -> model.all(ServiceTask.class).anyMatch(ModelRule::isRun))
            .filter(task -> !isToolTask(task) && !task.isCamundaAsyncBefore())
            .map(task -> named(task) + " needs a save point (asynchronous before)")),
    WHAT_UNDOES_A_TOOL_IS_A_TOOL(model -> model.all(Association.class)
            .filter(association -> association.getSource() instanceof BoundaryEvent)
            .map(Association::getTarget)
            .filter(undo -> !(undo instanceof ServiceTask task
                    && task.isForCompensation()
                    && "rollout.undo".equals(task.getCamundaTopic())))
            .map(undo -> undo.getId() + " must be a compensation task with the topic rollout.undo")),
    A_ROLLOUT_IS_UNDONE_BY_ONE_EVENT_FOR_ALL(model -> model.all(Process.class)
            .filter(process -> model.all(ServiceTask.class).anyMatch(ModelRule::isRun))
            .filter(process -> !isUndoneAtOnce(model))
            .map(process -> process.getId() + " must have its tools outside of subprocesses and one event"
                    + " that undoes them all, and call no other process, whose tools it could not undo")),
    A_LOOP_OF_A_TOOL_GOES_STEP_BY_STEP_AND_STOPS(model -> model.all(MultiInstanceLoopCharacteristics.class)
            .filter(loop -> loop.getParentElement() instanceof ServiceTask)
            .filter(loop -> !loop.isSequential()
                    || loop.getCompletionCondition() == null
                    || !loop.getCompletionCondition().getTextContent().equals("${rolloutLedger.stops(rolloutNumber)}"))
            .map(loop -> loop.getParentElement().getAttributeValue("id")
                    + " must be sequential and end when rolloutLedger.stops")),
    AFTER_EACH_TOOL_THE_LEDGER_SAYS_WHETHER_IT_GOES_ON(model -> model.all(ServiceTask.class)
            .filter(ModelRule::isRun)
            .filter(task -> task.getOutgoing().size() != 1
                    || !asksTheLedger(task.getOutgoing().iterator().next().getTarget()))
            .map(task ->
                    named(task) + " must be followed by a gateway that goes on only if" + " rolloutLedger.goesOn")),
    NOTHING_RUNS_CODE_OF_ITS_OWN(model -> Pattern.compile(
                    "camunda:class=|camunda:expression=|scriptFormat|<bpmn:script|camunda:connector>|camunda:script")
            .matcher(model.text())
            .results()
            .map(found -> "uses " + found.group())),
    EVERY_ELEMENT_IS_DRAWN(model -> Stream.concat(
                    undrawn(
                            model.all(FlowNode.class),
                            model.all(BpmnShape.class).map(BpmnShape::getBpmnElement)),
                    undrawn(
                            model.all(SequenceFlow.class),
                            model.all(BpmnEdge.class).map(BpmnEdge::getBpmnElement)))
            .map(element -> element.getId() + " is not drawn")),
    A_MESSAGE_IS_NAMED_MODULE_AND_PAST_FACT(model -> model.all(Message.class)
            .filter(message -> !message.getName().matches("[a-z]+\\.[A-Z]\\w+")
                    || !message.getId().equals("Message_" + message.getName().replaceFirst(".*\\.", "")))
            .map(message -> message.getId() + " is named " + message.getName())),
    A_GATEWAY_HAS_ONE_DEFAULT_AND_LABELS_ON_EVERY_WAY_OUT(model -> model.all(ExclusiveGateway.class)
            .filter(gateway -> gateway.getOutgoing().size() > 1)
            .filter(gateway -> gateway.getDefault() == null
                    || gateway.getOutgoing().stream()
                            .anyMatch(flow -> flow.getName() == null
                                    || flow.getConditionExpression() == null && !flow.equals(gateway.getDefault())))
            .map(gateway -> named(gateway) + " lacks its default, a label or a condition")),
    WHAT_A_TOOL_DOES_CAN_BE_UNDONE_OR_SAYS_WHY_NOT(model -> model.all(ServiceTask.class)
            .filter(task -> "rollout.run".equals(task.getCamundaTopic()))
            .filter(task -> !hasHandler(model, task) && !saysWhyNot(task))
            .map(task -> named(task) + " has no compensation handler and no property cannotBeUndone")),
    NOTHING_IS_CAUGHT_ROUND_WHAT_MUST_BE_UNDONE(model -> model.all(ErrorEventDefinition.class)
            .map(ModelElementInstance::getParentElement)
            .filter(CatchEvent.class::isInstance)
            .map(event -> event.getAttributeValue("id") + " catches an error, behind which nothing is compensated")),
    AN_APPROVAL_NEVER_COMES_FROM_AN_EMPTY_LIST(model -> model.all(MultiInstanceLoopCharacteristics.class)
            .filter(loop -> loop.getParentElement() instanceof UserTask)
            .filter(loop -> !Set.of(
                            "${changeFacts.openSeats(changeNumber)}",
                            "${ballotFacts.openSeats(changeNumber)}",
                            "${goNoGoFacts.openSeats(releaseNumber)}",
                            "${scopeChangeFacts.openSeats(scopeNumber)}",
                            "${stageFacts.openSignOffs(releaseNumber)}")
                    .contains(String.valueOf(loop.getCamundaCollection())))
            .map(loop -> loop.getParentElement().getAttributeValue("id")
                    + " must loop over changeFacts.openSeats, ballotFacts.openSeats, goNoGoFacts.openSeats,"
                    + " scopeChangeFacts.openSeats or stageFacts.openSignOffs, which are never empty")),
    NOBODY_IS_ASKED_BY_NAME_BUT_WHO_HAS_A_VOTE_OR_A_TASK(model -> model.all(UserTask.class)
            .filter(task -> task.getCamundaCandidateUsers() != null
                    && !Set.of(
                                    "${ballotFacts.votersFor(changeNumber, seat)}",
                                    "${changeTaskFacts.owners(changeTaskNumber)}",
                                    "${goConditionFacts.owners(conditionNumber)}",
                                    "${criterionFacts.owners(criterionNumber)}")
                            .contains(task.getCamundaCandidateUsers()))
            .map(task -> named(task)
                    + " may ask by name only whom ballotFacts.votersFor, changeTaskFacts.owners,"
                    + " goConditionFacts.owners or criterionFacts.owners names")),
    A_CALLED_PROCESS_EXISTS(model -> model.all(CallActivity.class)
            .filter(call -> !"${rolloutPlans.processOf(changeNumber)}".equals(call.getCalledElement()))
            .filter(call -> !model.known().processes().contains(call.getCalledElement()))
            .map(call -> named(call) + " calls " + call.getCalledElement()));

    /** Who else than a role may be asked: only the code says who that is. */
    private static final Set<String> ASKED = Set.of(
            "${seat}",
            "${changeTaskFacts.groups(changeTaskNumber)}",
            "${goConditionFacts.groups(conditionNumber)}",
            "${criterionFacts.groups(criterionNumber)}",
            "${stageFacts.testGroup(testNumber)}",
            "${stageFacts.signOffGroup(releaseNumber)}");

    /** Processes that may be called without an authorisation: people decide in them, and no tool is told anything. */
    private static final Set<String> DECIDING_ONLY = Set.of("CabReview", "GoNoGo", "ReleaseStage", "StageTest");

    private final Function<DrawnModel, Stream<String>> breaches;

    ModelRule(Function<DrawnModel, Stream<String>> breaches) {
        this.breaches = breaches;
    }

    List<String> breaches(DrawnModel model) {
        return breaches.apply(model).toList();
    }

    private static Stream<FlowElement> undrawn(
            Stream<? extends FlowElement> elements, Stream<? extends ModelElementInstance> drawn) {
        Set<ModelElementInstance> seen = drawn.collect(Collectors.toSet());
        return elements.filter(not(seen::contains)).map(FlowElement.class::cast);
    }

    private static boolean isToolTask(ServiceTask task) {
        return "external".equals(task.getCamundaType())
                && Set.of("rollout.run", "rollout.undo").contains(task.getCamundaTopic());
    }

    /** The whole of each value with an expression in it: where one ends is not for a pattern to say. */
    private static List<String> expressions(DrawnModel model) {
        return model.values().stream()
                .filter(value -> value.contains("${") || value.contains("#{"))
                .toList();
    }

    private static boolean isRun(FlowElement element) {
        return element instanceof ServiceTask task && "rollout.run".equals(task.getCamundaTopic());
    }

    /** Whatever is called but the vote of a board may put something into production. */
    private static boolean callsRollout(FlowElement element) {
        return element instanceof CallActivity call && !DECIDING_ONLY.contains(call.getCalledElement());
    }

    private static boolean opensRollout(FlowElement element) {
        return calls(element, "openRolloutDelegate");
    }

    private static boolean startsImplementation(FlowElement element) {
        return calls(element, "startImplementationDelegate");
    }

    private static boolean authorises(FlowElement element) {
        return calls(element, "checkTemplateDelegate")
                || element instanceof BusinessRuleTask task
                        && Set.of("${chooseApproversDelegate}", "${authorizeEmergencyDelegate}")
                                .contains(String.valueOf(task.getCamundaDelegateExpression()));
    }

    private static boolean asksWhetherItMayStart(FlowElement element) {
        return element instanceof SequenceFlow flow
                && flow.getConditionExpression() != null
                && flow.getConditionExpression().getTextContent().equals("${changeFacts.implementing(changeNumber)}");
    }

    private static boolean calls(FlowElement element, String bean) {
        return element instanceof ServiceTask task && ("${" + bean + "}").equals(task.getCamundaDelegateExpression());
    }

    private static boolean asksTheLedger(FlowNode node) {
        return node instanceof ExclusiveGateway gateway
                && gateway.getDefault() != null
                && gateway.getOutgoing().stream()
                        .filter(flow -> !flow.equals(gateway.getDefault()))
                        .allMatch(flow -> flow.getConditionExpression() != null
                                && flow.getConditionExpression()
                                        .getTextContent()
                                        .equals("${rolloutLedger.goesOn(rolloutNumber)}"));
    }

    private static boolean isUndoneAtOnce(DrawnModel model) {
        List<CompensateEventDefinition> throwing = model.all(CompensateEventDefinition.class)
                .filter(event -> event.getParentElement() instanceof ThrowEvent)
                .toList();
        return throwing.size() == 1
                && throwing.get(0).getActivity() == null
                && model.all(CallActivity.class).findAny().isEmpty()
                && model.all(ServiceTask.class)
                        .filter(ModelRule::isRun)
                        .allMatch(task -> task.getParentElement() instanceof Process);
    }

    private static String delegate(DrawnModel model, Task task, @Nullable String expression) {
        String bean = Character.toLowerCase(stem(task).charAt(0)) + stem(task).substring(1) + "Delegate";
        return ("${" + bean + "}").equals(expression)
                        && model.known().delegates().contains(bean)
                ? ""
                : named(task) + " must call ${" + bean + "}, and that class must exist";
    }

    private static String userTask(DrawnModel model, UserTask task) {
        List<String> missing = new ArrayList<>();
        if (!stem(task).equals(task.getCamundaFormRef())
                || !model.known().forms().contains(stem(task))) {
            missing.add("the form " + stem(task));
        }
        if (!model.known().tasks().contains(stem(task))) {
            missing.add("the class " + stem(task) + "Form");
        }
        Collection<String> groups = task.getCamundaCandidateGroupsList();
        if (groups.isEmpty()
                || !groups.stream().allMatch(group -> ASKED.contains(group) || Roles.ALL.contains(group))) {
            missing.add("candidate groups that are roles");
        }
        if (task.getCamundaDueDate() == null) {
            missing.add("a due date");
        }
        return missing.isEmpty() ? "" : named(task) + " lacks " + String.join(", ", missing);
    }

    private static boolean hasHandler(DrawnModel model, ServiceTask task) {
        Set<BoundaryEvent> undo = model.all(BoundaryEvent.class)
                .filter(event -> task.equals(event.getAttachedTo()))
                .filter(event ->
                        event.getEventDefinitions().stream().anyMatch(CompensateEventDefinition.class::isInstance))
                .collect(Collectors.toSet());
        return model.all(Association.class).anyMatch(association -> undo.contains(association.getSource()));
    }

    private static boolean saysWhyNot(ServiceTask task) {
        return property(task, "cannotBeUndone").filter(not(String::isBlank)).isPresent();
    }

    /** An end, what begins by itself, and what undoes something. */
    private static boolean mayBeLast(FlowNode node) {
        return node instanceof EndEvent
                || node instanceof Activity activity && activity.isForCompensation()
                || node instanceof SubProcess sub && sub.triggeredByEvent()
                || node instanceof BoundaryEvent event
                        && event.getEventDefinitions().stream().anyMatch(CompensateEventDefinition.class::isInstance);
    }

    private static boolean remindsInTime(UserTask task) {
        return property(task, "reminder")
                .flatMap(ModelRule::duration)
                .filter(not(Duration::isNegative))
                .filter(reminder -> timeFor(task)
                        .filter(time -> time.compareTo(reminder) > 0)
                        .isPresent())
                .isPresent();
    }

    private static Optional<Duration> timeFor(UserTask task) {
        String due = String.valueOf(task.getCamundaDueDate());
        if (due.equals("${changeFacts.decisionDueAt(changeNumber)}")) {
            return Optional.of(TableRule.SHORTEST_TIME.dividedBy(2));
        }
        if (due.equals("${changeTaskFacts.dueAt(changeTaskNumber)}")
                || due.equals("${releaseFacts.packageDueAt(releaseNumber)}")
                || due.equals("${stageFacts.dueAt(releaseNumber)}")
                || due.equals("${stageFacts.testDueAt(testNumber)}")
                || due.equals("${goNoGoFacts.votesDueAt(releaseNumber)}")
                || due.equals("${goConditionFacts.dueAt(conditionNumber)}")
                || due.equals("${criterionFacts.dueAt(criterionNumber)}")) {
            // As somebody planned it; where that leaves less, the reminder comes at half of it.
            return Optional.of(Duration.ofDays(1));
        }
        if (due.equals("${ballotFacts.votesDueAt(changeNumber)}")) {
            // Of a vote of three days; of a shorter one the reminder comes at half of its time.
            return Optional.of(Duration.ofDays(2));
        }
        return duration(due.replaceFirst("^\\$\\{deadlines\\.inDays\\((\\d+)\\)}$", "P$1D"));
    }

    private static boolean escalatesToOthers(UserTask task) {
        List<String> roles = List.of(property(task, "escalateTo").orElse("").split(", *"));
        return Roles.ALL.containsAll(roles)
                && !task.getCamundaCandidateGroupsList().containsAll(roles)
                && property(task, "escalateAfter")
                        .map(text -> duration(text).isPresent())
                        .orElse(true);
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> property(Activity activity, String name) {
        return activity.getModelInstance().getModelElementsByType(CamundaProperty.class).stream()
                .filter(property -> name.equals(property.getCamundaName()))
                .filter(property -> isInside(property, activity))
                .map(CamundaProperty::getCamundaValue)
                .findFirst();
    }

    private static boolean isInside(ModelElementInstance element, ModelElementInstance ancestor) {
        for (ModelElementInstance parent = element; parent != null; parent = parent.getParentElement()) {
            if (parent.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    private static String label(String prefix, FlowElement element) {
        if (element.getName() == null) {
            return element.getId() + " has no label";
        }
        String pascal = Arrays.stream(
                        element.getName().replaceAll("[^\\p{L}\\p{N} ]", " ").split(" +"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        return element.getId().equals(prefix + pascal) ? "" : named(element) + " should have the id " + prefix + pascal;
    }

    private static String stem(FlowElement element) {
        return element.getId().replaceFirst("^Activity_", "");
    }

    private static String named(FlowElement element) {
        return "\"" + element.getName() + "\" (" + element.getId() + ")";
    }
}
