package io.gatehouse.cab.process;

import io.gatehouse.access.Person;
import io.gatehouse.cab.Attendee;
import io.gatehouse.cab.Board;
import io.gatehouse.cab.Boards;
import io.gatehouse.cab.Meeting;
import io.gatehouse.cab.Meetings;
import io.gatehouse.cab.Proceedings;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.FormText;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The chair says who is there and closes the meeting; what is not decided is put off, and the minutes are written. */
@Component
class CloseMeetingForm implements TaskForm {

    private final MeetingPicture picture;
    private final Meetings meetings;
    private final Boards boards;
    private final Proceedings proceedings;

    CloseMeetingForm(MeetingPicture picture, Meetings meetings, Boards boards, Proceedings proceedings) {
        this.boards = boards;
        this.picture = picture;
        this.meetings = meetings;
        this.proceedings = proceedings;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Meeting meeting = meetings.find(task.number());
        Map<String, Object> fields = picture.of(task.number());
        fields.put("people", people(boards.get(meeting.board())));
        fields.put(
                "attendance",
                meeting.attendance().stream().map(Attendee::person).collect(Collectors.joining("\n")));
        return fields;
    }

    /** Who may be named, each seat with its member first. */
    private static String people(Board board) {
        return board.seats().stream()
                .map(member -> FormText.literal(Stream.concat(
                                        Stream.of(member.person()),
                                        board.standIns().stream()
                                                .filter(one -> one.seat().equals(member.seat()))
                                                .map(one -> "delegate " + one.person()))
                                .collect(Collectors.joining(", "))
                        + " (" + member.seat() + ")"))
                .collect(Collectors.joining("; "));
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
        Set<String> present = answers.optionalText("attendance", 8000)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toSet());
        String remarks = answers.optionalText("remarks", 4000);
        answers.nothingElse();
        if (!present.isEmpty()) {
            proceedings.attended(task.number(), person, present);
        }
        proceedings.close(task.number(), person, remarks);
        return Map.of();
    }
}
