package io.gatehouse.cab.process;

import io.gatehouse.access.Person;
import io.gatehouse.cab.Meetings;
import io.gatehouse.cab.Proceedings;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The chair opens the meeting; from then on the agenda is changed by people only. */
@Component
class OpenMeetingForm implements TaskForm {

    private final MeetingPicture picture;
    private final Meetings meetings;
    private final Proceedings proceedings;

    OpenMeetingForm(MeetingPicture picture, Meetings meetings, Proceedings proceedings) {
        this.picture = picture;
        this.meetings = meetings;
        this.proceedings = proceedings;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        return picture.of(task.number());
    }

    @Override
    public void admit(OpenTask task, Person person) {
        meetings.requireChair(task.number(), person, task.groups().stream().anyMatch(person::isIn));
    }

    @Override
    public boolean isOpenToEscalation() {
        return true;
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        answers.nothingElse();
        proceedings.open(task.number(), person);
        return Map.of();
    }
}
