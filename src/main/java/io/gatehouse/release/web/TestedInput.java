package io.gatehouse.release.web;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.change.Artifact;
import io.gatehouse.release.JUnitReport;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline tested and what came of it.
 *
 * @param junit a report in the place of the numbers
 */
record TestedInput(
        @NotEmpty @Size(max = 100) @Valid List<ReleaseInput.@NotNull ItemInput> tested,
        @Min(0) @Max(TestResultInput.MOST_CASES) @Nullable Integer passed,
        @Min(0) @Max(TestResultInput.MOST_CASES) @Nullable Integer failed,
        @Min(0) @Max(TestResultInput.MOST_CASES) @Nullable Integer skipped,
        @Size(max = 200_000) @Nullable String junit,
        @Size(max = 1000) @Pattern(regexp = TestResultInput.LINK, message = TestResultInput.LINK_MESSAGE) @Nullable
                String link,
        @Pattern(regexp = TestResultInput.SHA256, message = TestResultInput.SHA256_MESSAGE) @Nullable
                String reportSha256,
        @Size(max = 2000) @Nullable String note) {

    List<Artifact> artifacts() {
        return tested.stream().map(ReleaseInput.ItemInput::toArtifact).toList();
    }

    TestResultInput toResult() {
        return junit == null ? ofNumbers() : ofReport(junit);
    }

    private TestResultInput ofNumbers() {
        List<InvalidField> missing = new ArrayList<>();
        if (passed == null) {
            missing.add(new InvalidField("passed", "must be said, or a report sent as junit"));
        }
        if (failed == null) {
            missing.add(new InvalidField("failed", "must be said, or a report sent as junit"));
        }
        if (passed == null || failed == null) {
            throw ProblemException.invalid(missing);
        }
        return new TestResultInput(passed, failed, skipped, link, reportSha256, note);
    }

    /** Its digest is that of the report that was counted. */
    private TestResultInput ofReport(String xml) {
        if (passed != null || failed != null || skipped != null || reportSha256 != null) {
            throw ProblemException.invalid(
                    "junit", "must come without passed, failed, skipped and reportSha256, which are taken from it");
        }
        JUnitReport report = JUnitReport.read(xml);
        return new TestResultInput(
                report.passed(), report.failed(), report.skipped(), link, Fingerprint.ofText(xml), note);
    }
}
