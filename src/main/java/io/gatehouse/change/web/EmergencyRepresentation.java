package io.gatehouse.change.web;

import io.gatehouse.change.Emergency;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an emergency change is authorised, as the API shows it. */
record EmergencyRepresentation(
        int approvalsNeeded,
        Instant timeBoxEndsAt,
        @Nullable Instant approveBy,
        Emergency.@Nullable Unauthorised unauthorisedBecause,
        @Nullable String reportedTo,
        @Nullable Instant reportedAt) {

    static @Nullable EmergencyRepresentation of(@Nullable Emergency emergency) {
        return emergency == null
                ? null
                : new EmergencyRepresentation(
                        emergency.approvalsNeeded(),
                        emergency.timeBoxEndsAt(),
                        emergency.approveBy(),
                        emergency.unauthorisedBecause(),
                        emergency.reportedTo(),
                        emergency.reportedAt());
    }
}
