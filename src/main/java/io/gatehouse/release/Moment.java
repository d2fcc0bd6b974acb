package io.gatehouse.release;

import java.util.List;

/** Something about a release that people may want to hear of. */
public enum Moment {
    /** People put its package together. */
    STARTED,
    /** Its package is complete. */
    PACKAGE_CONFIRMED,
    /** It has passed a stage before production. */
    STAGE_PASSED,
    /** It has another window. */
    POSTPONED,
    /** Its seats have said whether it goes. */
    DECISION_TAKEN,
    /** It is prepared anew, because it did not go or its change came to nothing. */
    TAKEN_BACK,
    /** Its package is in production. */
    IN_PRODUCTION,
    /** Nothing more happens with it. */
    CLOSED,
    /** Nobody wants it any more. */
    RETIRED;

    /** What an entry of the audit trail about a release is a moment of. */
    static List<Moment> of(String action) {
        return switch (action) {
            case "release.Started" -> List.of(STARTED);
            case "release.PackageConfirmed" -> List.of(PACKAGE_CONFIRMED);
            case "release.Postponed" -> List.of(POSTPONED);
            case "release.GivenBack", "release.Withdrawn", "release.ScopeChanged" -> List.of(TAKEN_BACK);
                // Today a release is closed when it gets there.
            case "release.Closed" -> List.of(IN_PRODUCTION, CLOSED);
            case "release.Retired" -> List.of(RETIRED);
            default -> List.of();
        };
    }
}
