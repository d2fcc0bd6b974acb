package io.gatehouse.access;

import io.gatehouse.api.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says to whom the table refuses something whom it would let do it. */
final class Refusals {

    private Refusals() {}

    static ProblemException of(PermissionRow row, @Nullable Person person) {
        Grant grant = person == null ? Grant.NONE : row.grantTo(person);
        return switch (grant) {
            case NEVER -> ProblemException.forbidden(
                    "not-allowed",
                    "Not allowed",
                    "Not with your roles, whatever other role you have: " + row.why() + ".");
            case OWN -> ProblemException.forbidden(
                    "not-yours",
                    "Not yours",
                    "You neither raised it nor are in the team of one of its services. " + who(row));
            default -> ProblemException.forbidden("not-allowed", "Not allowed", who(row));
        };
    }

    private static String who(PermissionRow row) {
        List<String> roles = row.roles().entrySet().stream()
                .filter(entry -> entry.getValue() == Grant.ALL || entry.getValue() == Grant.OWN)
                .map(entry -> entry.getKey() + (entry.getValue() == Grant.OWN ? " (their own)" : ""))
                .toList();
        return roles.isEmpty() ? "No role may do this." : "This is for " + String.join(", ", roles) + ".";
    }
}
