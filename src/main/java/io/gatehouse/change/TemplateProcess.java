package io.gatehouse.change;

import io.gatehouse.engine.ProcessMessages;
import io.gatehouse.engine.ProcessStarts;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Moves the token of a version of a template, known by its number. */
@Component
class TemplateProcess {

    private final ProcessMessages messages;
    private final ProcessStarts starts;

    TemplateProcess(ProcessMessages messages, ProcessStarts starts) {
        this.messages = messages;
        this.starts = starts;
    }

    void start(TemplateVersion proposed) {
        starts.start(TemplateModel.PROCESS, proposed.number(), Map.of(TemplateModel.NUMBER, proposed.number()));
    }

    /** Its owner is asked what becomes of it. */
    void suspended(TemplateVersion version) {
        messages.send(TemplateModel.SUSPENDED, version.number());
    }

    /** It was replaced or retired: whoever waits for it waits no longer. */
    void ended(TemplateVersion version) {
        messages.send(TemplateModel.ENDED, version.number());
    }

    /** Gives one that has no process another, which begins where it stands. */
    void takeUp(TemplateVersion version) {
        String place =
                switch (version.state()) {
                    case IN_REVIEW -> TemplateModel.REVIEW_ACTIVITY;
                    case SUSPENDED -> TemplateModel.DECIDE_ACTIVITY;
                    default -> TemplateModel.IN_FORCE;
                };
        starts.before(place, TemplateModel.PROCESS, version.number(), Map.of(TemplateModel.NUMBER, version.number()));
    }
}
