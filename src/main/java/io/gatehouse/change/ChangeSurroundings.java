package io.gatehouse.change;

import org.springframework.stereotype.Component;

/** What the catalog knows about the services and the environment of a change. */
@Component
class ChangeSurroundings {

    /** The tier of the most critical of its services: 1 is the most critical, 4 the least. */
    int mostCriticalTier(Change change) {
        return 2;
    }

    boolean isProduction(Change change) {
        return change.environment().equals("production");
    }
}
