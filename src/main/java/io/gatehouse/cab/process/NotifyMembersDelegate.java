package io.gatehouse.cab.process;

import io.gatehouse.cab.MeetingMails;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Notify members": the agenda is mailed to everybody of the board. */
@Component
class NotifyMembersDelegate implements JavaDelegate {

    private final MeetingMails mails;

    NotifyMembersDelegate(MeetingMails mails) {
        this.mails = mails;
    }

    @Override
    public void execute(DelegateExecution execution) {
        mails.announce(execution.getProcessBusinessKey());
    }
}
