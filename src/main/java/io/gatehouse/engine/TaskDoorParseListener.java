package io.gatehouse.engine;

import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Puts the {@link TaskDoor} on every user task of every model, as built-in listeners that no caller can skip. */
class TaskDoorParseListener extends AbstractBpmnParseListener {

    private final TaskDoor door;

    TaskDoorParseListener(TaskDoor door) {
        this.door = door;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        task.setTaskFormHandler(new TaskDoorFormHandler(task.getTaskFormHandler(), door));
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, door.onComplete());
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_UPDATE, door.onUpdate());
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, door.onAssignment());
    }
}
