package io.gatehouse.release.web;

import io.gatehouse.release.risk.RiskContent;
import io.gatehouse.release.risk.RiskEntry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What people write of an entry of the register. */
record RiskInput(
        @NotBlank @Size(max = 200) @Pattern(regexp = RiskInput.ONE_LINE, message = RiskInput.SAY_ONE_LINE) String title,
        @Size(max = 20_000) @Nullable String description,
        @NotBlank @Size(max = 64) String owner,
        @Valid @Nullable ResponseInput response,
        @Nullable LocalDate dueOn,
        @Nullable Boolean blocker,
        @Nullable Boolean knownIssue) {

    private static final String ONE_LINE = "[^\\r\\n]*";
    private static final String SAY_ONE_LINE = "must be one line";

    record ResponseInput(@NotNull RiskContent.Response.Kind kind, @NotBlank @Size(max = 2000) String text) {

        private RiskContent.Response toResponse() {
            return new RiskContent.Response(kind, text);
        }
    }

    /** One that is new, with what it is judged to be. */
    record Raised(
            @NotNull RiskEntry.Kind kind,
            @NotBlank @Size(max = 200) @Pattern(regexp = ONE_LINE, message = SAY_ONE_LINE) String title,
            @Size(max = 20_000) @Nullable String description,
            @NotBlank @Size(max = 64) String owner,
            @Min(1) @Max(5) @Nullable Integer likelihood,
            @NotNull @Min(1) @Max(5) Integer consequence,
            @Valid @Nullable ResponseInput response,
            @Nullable LocalDate dueOn,
            @Nullable Boolean blocker,
            @Nullable Boolean knownIssue) {

        RiskContent toContent() {
            return new RiskInput(title, description, owner, response, dueOn, blocker, knownIssue).toContent();
        }
    }

    record Assessed(
            @Min(1) @Max(5) @Nullable Integer likelihood,
            @NotNull @Min(1) @Max(5) Integer consequence,
            @Size(max = 2000) @Nullable String note) {}

    record Closed(@NotBlank @Size(max = 2000) String note) {}

    RiskContent toContent() {
        return new RiskContent(
                title,
                description,
                owner,
                response == null ? null : response.toResponse(),
                dueOn,
                Boolean.TRUE.equals(blocker),
                Boolean.TRUE.equals(knownIssue));
    }
}
