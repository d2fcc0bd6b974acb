package io.gatehouse.change;

import io.gatehouse.engine.RunningProcesses;
import io.gatehouse.engine.UnderWay;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Versions of templates that somebody should review or decide about. */
@Component
class TemplatesUnderWay implements UnderWay {

    private final TemplateVersionRows rows;
    private final TemplateVersions versions;
    private final RunningProcesses running;
    private final TemplateProcess process;

    TemplatesUnderWay(
            TemplateVersionRows rows, TemplateVersions versions, RunningProcesses running, TemplateProcess process) {
        this.rows = rows;
        this.versions = versions;
        this.running = running;
        this.process = process;
    }

    @Override
    public List<String> numbers() {
        return rows.underWay();
    }

    @Override
    @Transactional
    public void takeUp(String number) {
        TemplateVersion version = versions.lock(number);
        if (version.isUnderWay() && !running.exists(number)) {
            versions.record("change.TemplateProcessLost", version, Map.of());
            process.takeUp(version);
        }
    }
}
