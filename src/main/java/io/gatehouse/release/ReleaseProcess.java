package io.gatehouse.release;

import io.gatehouse.engine.ProcessMessages;
import io.gatehouse.engine.ProcessStarts;
import io.gatehouse.engine.RunningProcesses;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Moves the token of a release, known by its number. */
@Component
class ReleaseProcess {

    private final ProcessStarts starts;
    private final ProcessMessages messages;
    private final RunningProcesses running;

    ReleaseProcess(ProcessStarts starts, ProcessMessages messages, RunningProcesses running) {
        this.starts = starts;
        this.messages = messages;
        this.running = running;
    }

    void start(String number) {
        starts.start(ReleaseModel.PROCESS, number, Map.of(ReleaseModel.NUMBER, number));
    }

    /** Begins at one of its places, for one whose process is gone. */
    void startAt(String place, String number) {
        starts.before(place, ReleaseModel.PROCESS, number, Map.of(ReleaseModel.NUMBER, number));
    }

    void changeIsOver(String number) {
        messages.send(ReleaseModel.CHANGE_OVER, number);
    }

    void stageChangeIsOver(String number) {
        messages.send(ReleaseModel.STAGE_CHANGE_OVER, number);
    }

    void rehearsalIsOver(String number) {
        messages.send(ReleaseModel.REHEARSAL_OVER, number);
    }

    /** Whoever waits in front of a stage tries to enter it. */
    void stageMayBeEntered(String number) {
        messages.send(ReleaseModel.STAGE_MAY_BE_ENTERED, number);
    }

    /** Whoever waits in front of production tries to enter it. */
    void productionMayBeEntered(String number) {
        messages.send(ReleaseModel.PRODUCTION_MAY_BE_ENTERED, number);
    }

    /**
     * It waits no longer, and its package is confirmed anew.
     *
     * @return whether its process has such a way back
     */
    boolean releaseIsWithdrawn(String number) {
        return messages.send(ReleaseModel.WITHDRAWN, number);
    }

    void startScopeChange(String number) {
        starts.start(ReleaseModel.SCOPE_CHANGE_PROCESS, number, Map.of(ReleaseModel.SCOPE_CHANGE_NUMBER, number));
    }

    void scopeChangeIsWithdrawn(String number) {
        messages.send(ReleaseModel.SCOPE_CHANGE_WITHDRAWN, number);
    }

    /** Whatever the release is in the middle of ends, and its package is confirmed anew. */
    void scopeIsChanged(String number) {
        messages.send(ReleaseModel.SCOPE_CHANGED, number);
    }

    void conditionsAreSettled(String number) {
        messages.send(ReleaseModel.CONDITIONS_SETTLED, number);
    }

    void startCondition(String condition) {
        starts.start(ReleaseModel.CONDITION_PROCESS, condition, Map.of(ReleaseModel.CONDITION_NUMBER, condition));
    }

    void dropCondition(String condition) {
        messages.send(ReleaseModel.CONDITION_DROPPED, condition);
    }

    boolean exists(String number) {
        return running.exists(number);
    }
}
