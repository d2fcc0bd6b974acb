package io.gatehouse.release.web;

import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.release.ReleaseStage;
import io.gatehouse.release.StageTest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A test that a stage of a release or of a template asks for. */
record StageTestInput(
        @NotBlank @Size(max = 64) @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String name,
        @Size(max = 64) @Nullable String askedGroup,
        @Min(1) @Max(100) @Nullable Integer requiredPercent) {

    private StageTest toTest() {
        return new StageTest(
                name,
                askedGroup == null ? ReleaseStage.USUAL_SIGN_OFF : askedGroup,
                requiredPercent == null ? 100 : requiredPercent);
    }

    static List<StageTest> toTests(@Nullable List<@NotNull StageTestInput> tests) {
        return tests == null
                ? List.of()
                : tests.stream().map(StageTestInput::toTest).toList();
    }
}
