package io.gatehouse.release.document;

import io.gatehouse.release.ReleaseState;
import java.util.EnumSet;
import java.util.Set;

/** What a document of a release is for. */
public enum DocumentKind {
    /** What people do when it is deployed, and when that goes wrong. */
    RUNBOOK("Runbook"),
    /** Who deploys what when. */
    DEPLOYMENT_PLAN("Deployment plan"),
    /** What is looked at after it was deployed, to see that it works. */
    VERIFICATION_CHECKLIST("Verification checklist"),
    /** What is new, for whoever uses it. */
    RELEASE_NOTES("Release notes");

    private static final Set<ReleaseState> SEEN_BY_ITS_SEATS =
            EnumSet.range(ReleaseState.DECIDING, ReleaseState.RETIRED);

    private final String title;

    DocumentKind(String title) {
        this.title = title;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** Whether nobody writes it any more: the seats of a release decide about the plans that it has then. */
    boolean isFixedIn(ReleaseState state) {
        return this == RELEASE_NOTES ? state == ReleaseState.RETIRED : SEEN_BY_ITS_SEATS.contains(state);
    }
}
