package io.gatehouse.breakglass;

import io.gatehouse.engine.ProcessMessages;
import io.gatehouse.engine.ProcessStarts;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Moves the token of a break-glass, known by its number. */
@Component
class BreakGlassProcess {

    private final ProcessMessages messages;
    private final ProcessStarts starts;

    BreakGlassProcess(ProcessMessages messages, ProcessStarts starts) {
        this.messages = messages;
        this.starts = starts;
    }

    void start(String number) {
        starts.start(BreakGlassModel.PROCESS, number, Map.of(BreakGlassModel.NUMBER, number));
    }

    /** Whoever waits for it goes on: to the review if it was granted, else to the end. */
    void over(String number) {
        messages.send(BreakGlassModel.OVER, number);
    }

    /** Gives one whose process was deleted another, which begins with the review. */
    void review(String number) {
        starts.before(
                BreakGlassModel.REVIEW_ACTIVITY,
                BreakGlassModel.PROCESS,
                number,
                Map.of(BreakGlassModel.NUMBER, number));
    }
}
