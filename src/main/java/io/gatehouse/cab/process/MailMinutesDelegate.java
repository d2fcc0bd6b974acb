package io.gatehouse.cab.process;

import io.gatehouse.cab.MeetingMails;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Mail minutes": to everybody of the board. */
@Component
class MailMinutesDelegate implements JavaDelegate {

    private final MeetingMails mails;

    MailMinutesDelegate(MeetingMails mails) {
        this.mails = mails;
    }

    @Override
    public void execute(DelegateExecution execution) {
        mails.mailMinutes(execution.getProcessBusinessKey());
    }
}
