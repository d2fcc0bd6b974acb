package io.gatehouse.cab;

import io.gatehouse.engine.ProcessMessages;
import io.gatehouse.engine.ProcessStarts;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Moves the token of a meeting, known by its number. */
@Component
class MeetingProcess {

    private final ProcessMessages messages;
    private final ProcessStarts starts;

    MeetingProcess(ProcessMessages messages, ProcessStarts starts) {
        this.messages = messages;
        this.starts = starts;
    }

    void start(String number) {
        starts.start(MeetingModel.PROCESS, number, Map.of(MeetingModel.NUMBER, number));
    }

    /** Gives one that was opened and whose process was deleted another, which begins with its closing. */
    void startToClose(String number) {
        starts.before(MeetingModel.CLOSE_ACTIVITY, MeetingModel.PROCESS, number, Map.of(MeetingModel.NUMBER, number));
    }

    void canceled(String number) {
        messages.send(MeetingModel.CANCELED, number);
    }
}
