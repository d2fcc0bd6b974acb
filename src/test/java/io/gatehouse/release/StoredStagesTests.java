package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is stored of stages is compared with the audit trail, so that of before must stay as it is. */
class StoredStagesTests {

    private static final Instant PRODUCTION = Instant.parse("2030-04-03T20:00:00Z");

    @Test
    void doNotSayThatNothingIsRehearsed() {
        assertThat(StoredStages.write(List.of(stage(false)))).doesNotContain("rehearse");
        assertThat(StoredStages.write(List.of(stage(false).before(PRODUCTION)))).doesNotContain("rehearse");
    }

    @Test
    void areReadAsTheyWereWritten() {
        for (boolean rehearses : new boolean[] {false, true}) {
            List<TemplateStage> written = List.of(stage(rehearses));
            List<ReleaseStage> planned = List.of(stage(rehearses).before(PRODUCTION));

            assertThat(StoredStages.readOfTemplate(StoredStages.write(written))).isEqualTo(written);
            assertThat(StoredStages.read(StoredStages.write(planned))).isEqualTo(planned);
            assertThat(planned.get(0).rehearsesRollback()).isEqualTo(rehearses);
        }
    }

    private static TemplateStage stage(boolean rehearses) {
        return new TemplateStage(
                "staging",
                "staging",
                14,
                7,
                List.of(new StageTest("upgrade", "qa-lead", 95)),
                List.of("Nobody has found anything serious"),
                "qa-lead",
                null,
                rehearses);
    }
}
