package io.gatehouse.release.process;

import io.gatehouse.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Close release": its package is in production. */
@Component
class CloseReleaseDelegate implements JavaDelegate {

    private final Releases releases;

    CloseReleaseDelegate(Releases releases) {
        this.releases = releases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        releases.close(execution.getProcessBusinessKey());
    }
}
