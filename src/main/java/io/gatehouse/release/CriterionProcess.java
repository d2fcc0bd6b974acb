package io.gatehouse.release;

import io.gatehouse.engine.ProcessMessages;
import io.gatehouse.engine.ProcessStarts;
import io.gatehouse.engine.RunningProcesses;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Moves the token of a criterion, known by its number. It has one while its owner is asked. */
@Component
class CriterionProcess {

    private final ProcessStarts starts;
    private final ProcessMessages messages;
    private final RunningProcesses running;

    CriterionProcess(ProcessStarts starts, ProcessMessages messages, RunningProcesses running) {
        this.starts = starts;
        this.messages = messages;
        this.running = running;
    }

    void start(String number) {
        starts.start(CriterionModel.PROCESS, number, Map.of(CriterionModel.NUMBER, number));
    }

    void drop(String number) {
        messages.send(CriterionModel.DROPPED, number);
    }

    /** Those of which nobody is asked. */
    List<String> without(List<String> numbers) {
        return List.copyOf(running.without(numbers));
    }
}
