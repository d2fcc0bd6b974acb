package io.gatehouse.release.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a test, as somebody says. */
record TestResultInput(
        @NotNull @Min(0) @Max(MOST_CASES) Integer passed,
        @NotNull @Min(0) @Max(MOST_CASES) Integer failed,
        @Min(0) @Max(MOST_CASES) @Nullable Integer skipped,
        @Size(max = 1000) @Pattern(regexp = LINK, message = LINK_MESSAGE) @Nullable String link,
        @Pattern(regexp = SHA256, message = SHA256_MESSAGE) @Nullable String reportSha256,
        @Size(max = 2000) @Nullable String note) {

    static final int MOST_CASES = 10_000_000;
    static final String LINK = "https?://\\S+";
    static final String LINK_MESSAGE = "must be an address of http or https";
    static final String SHA256 = "[0-9a-f]{64}";
    static final String SHA256_MESSAGE = "must be 64 lower-case hexadecimal digits";

    /** For the form of the task. */
    Map<String, Object> answers() {
        Map<String, Object> answers = new HashMap<>();
        answers.put("passed", String.valueOf(passed));
        answers.put("failed", String.valueOf(failed));
        answers.put("skipped", skipped == null ? "0" : String.valueOf(skipped));
        put(answers, "link", link);
        put(answers, "reportSha256", reportSha256);
        put(answers, "note", note);
        return answers;
    }

    private static void put(Map<String, Object> answers, String field, @Nullable String value) {
        if (value != null) {
            answers.put(field, value);
        }
    }
}
