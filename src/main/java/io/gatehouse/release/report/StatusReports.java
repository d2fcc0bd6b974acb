package io.gatehouse.release.report;

import io.gatehouse.release.GoNoGo;
import io.gatehouse.release.GoNoGoDecisions;
import io.gatehouse.release.risk.RiskEntry;
import io.gatehouse.release.risk.RiskRegister;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Says how releases stand. */
@Service
@Transactional(readOnly = true)
public class StatusReports {

    private final ProgressReports progress;
    private final GoNoGoDecisions decisions;
    private final RiskRegister register;

    StatusReports(ProgressReports progress, GoNoGoDecisions decisions, RiskRegister register) {
        this.progress = progress;
        this.decisions = decisions;
        this.register = register;
    }

    public StatusReport of(String number) {
        List<GoNoGo> asked = decisions.of(number);
        return new StatusReport(
                progress.of(number),
                decisions.readinessOf(number),
                asked.isEmpty() ? null : asked.get(asked.size() - 1),
                register.of(number).stream().filter(RiskEntry::isOpen).toList());
    }
}
