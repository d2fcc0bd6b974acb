package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.MONA;

import io.gatehouse.api.Precondition;
import java.util.List;
import org.springframework.context.ApplicationContext;

/** A board that is to meet, with a change on its agenda as soon as that is built. */
public final class PlannedMeeting {

    private final MeetingDriver driver;
    private final String number;

    public PlannedMeeting(ApplicationContext context) {
        driver = new MeetingDriver(context);
        number = driver.planned();
        driver.change(10);
    }

    /** What is on its agenda. */
    public List<String> changes() {
        return driver.changesOn(number);
    }

    /** Nothing of it is under way any more. */
    public void end() {
        BoardDescription was = driver.description();
        MONA.runs(() -> driver.boards.put(
                driver.key,
                new BoardDescription(
                        was.name(), false, 1, was.schedule(), 10, 72, was.members(), List.of(), was.filter()),
                Precondition.parse("*", null)));
        MONA.runs(() -> driver.meetings.cancel(number, "Only a test"));
    }
}
