package io.gatehouse.release;

import io.gatehouse.rollout.ProvenRollback;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Whether the way back was rehearsed: this very package taken back, completely, in a stage before production. People are
 * only believed where no plan says how anything could be taken back.
 */
@Component
@Order(2)
class RollbackReadiness implements ReadinessCheck {

    private static final String CRITERION = "rollback-rehearsed";

    private final StageRehearsals rehearsals;
    private final Carriers carriers;

    RollbackReadiness(StageRehearsals rehearsals, Carriers carriers) {
        this.rehearsals = rehearsals;
        this.carriers = carriers;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        return List.of(
                carriers.canRollBack(
                                release,
                                release.content().environment(),
                                release.content().rolloutPlan())
                        ? proven(release)
                        : said(release.content()));
    }

    private ReadinessItem proven(Release release) {
        List<StageRehearsals.Finding> findings = rehearsals.findings(release);
        return findings.stream()
                .filter(finding -> finding.proof().isPresent())
                .findFirst()
                .map(finding -> ReadinessItem.met(CRITERION, sentence(finding)))
                .orElseGet(() -> ReadinessItem.missing(
                        CRITERION,
                        "nothing shows that "
                                + String.join(", ", release.content().services())
                                + " can be taken back in just this version: "
                                + (findings.isEmpty()
                                        ? "no stage has deployed it by this plan and rolled it back"
                                        : rehearsals.whyNot(findings.get(0))),
                        release.content().manager()));
    }

    private static String sentence(StageRehearsals.Finding finding) {
        ProvenRollback proof = finding.proof().orElseThrow();
        return proof.rollout() + " took this very package back in " + finding.environment() + " at "
                + StageForecast.shown(proof.endedAt()) + ": " + StageRehearsal.sentence(proof);
    }

    private static ReadinessItem said(ReleaseContent content) {
        return content.questionnaire().backoutTested()
                ? ReadinessItem.met(
                        CRITERION,
                        "only said by people: the way back has been tried; there is no plan to take it back by")
                : ReadinessItem.missing(
                        CRITERION,
                        "nobody says that the way back has been tried, and there is no plan to take it back by",
                        content.manager());
    }
}
