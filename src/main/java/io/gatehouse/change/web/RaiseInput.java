package io.gatehouse.change.web;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.OpenDetails;
import io.gatehouse.change.web.ChangeInput.ArtifactInput;
import io.gatehouse.change.web.ChangeInput.LinkInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change to be raised: for a standard one its template and window, for any other its content.
 *
 * @param details what the template leaves open
 * @param submit whether it starts on its way at once; otherwise it waits as a draft in NEW
 */
record RaiseInput(
        @NotNull ChangeType type,
        @Nullable Boolean submit,
        @Size(max = 64) @Nullable String template,
        @Valid ChangeInput.@Nullable WindowInput window,
        @Valid @Nullable DetailsInput details,
        @Valid @Nullable ChangeInput change) {

    /** What the template of a standard change leaves open. */
    record DetailsInput(
            @Size(max = 20_000) @Nullable String description,
            @Size(max = 50) @Valid @Nullable List<@NotNull LinkInput> links,
            @Size(max = 100) @Valid @Nullable List<@NotNull ArtifactInput> artifacts) {

        OpenDetails toDetails() {
            return new OpenDetails(description, ChangeInput.toLinks(links), ChangeInput.toArtifacts(artifacts));
        }
    }

    OpenDetails openDetails() {
        return details == null ? OpenDetails.NONE : details.toDetails();
    }

    boolean submitAtOnce() {
        return Boolean.TRUE.equals(submit);
    }

    /** Refuses what does not belong to the type. */
    void check() {
        List<InvalidField> wrong = new ArrayList<>();
        if (type == ChangeType.STANDARD) {
            require(template, "template", "names the template of a standard change and is missing", wrong);
            require(window, "window", "is missing", wrong);
            refuse(
                    change,
                    "change",
                    "is fixed by the template and must not be sent; what it leaves open goes into details",
                    wrong);
        } else {
            require(change, "change", "is missing", wrong);
            refuse(template, "template", "is only for standard changes", wrong);
            refuse(window, "window", "is only for standard changes; any other has it in change.window", wrong);
            refuse(details, "details", "is only for standard changes; any other has it all in change", wrong);
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private static void require(@Nullable Object value, String field, String message, List<InvalidField> wrong) {
        if (value == null) {
            wrong.add(new InvalidField(field, message));
        }
    }

    private static void refuse(@Nullable Object value, String field, String message, List<InvalidField> wrong) {
        if (value != null) {
            wrong.add(new InvalidField(field, message));
        }
    }
}
