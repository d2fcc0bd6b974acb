package io.gatehouse.engine;

import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Has every new task carry the moment at which somebody must look whether it is late, as its follow-up date. It is
 * written along with the task, so it costs no statement; {@link ReminderSweep} finds it by an index.
 */
class ReminderParseListener extends AbstractBpmnParseListener {

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        ReminderRule rule = ReminderRule.read(properties(element));
        if (rule != null) {
            rule.attachTo(activity);
            ((UserTaskActivityBehavior) activity.getActivityBehavior())
                    .getTaskDefinition()
                    .addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, task -> {
                        Date due = task.getDueDate();
                        task.setFollowUpDate(due == null ? null : Date.from(rule.remindAt(task.getCreateTime(), due)));
                    });
        }
    }

    private static Map<String, String> properties(Element task) {
        Map<String, String> properties = new HashMap<>();
        Element extensions = task.element("extensionElements");
        Element list =
                extensions == null ? null : extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties");
        if (list != null) {
            list.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property")
                    .forEach(property -> properties.put(property.attribute("name"), property.attribute("value")));
        }
        return properties;
    }
}
