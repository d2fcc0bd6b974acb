package io.gatehouse.release.communication;

import io.gatehouse.release.ReadinessCheck;
import io.gatehouse.release.ReadinessItem;
import io.gatehouse.release.Release;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whether a release says who hears what of it: by the entries of its communication plan, or in words. */
@Component
@Order(4)
class CommunicationReadiness implements ReadinessCheck {

    private static final String CRITERION = "communication-plan";

    private final CommunicationRows rows;

    CommunicationReadiness(CommunicationRows rows) {
        this.rows = rows;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        long entries = rows.planned(release.stored());
        if (entries > 0) {
            return List.of(ReadinessItem.met(CRITERION, "it says " + entries + " times who hears what"));
        }
        String inWords = release.content().plans().communication();
        return List.of(
                inWords == null || inWords.isBlank()
                        ? ReadinessItem.missing(
                                CRITERION,
                                ReadinessItem.NOT_WRITTEN,
                                release.content().manager())
                        : ReadinessItem.met(CRITERION, ReadinessItem.WRITTEN));
    }
}
