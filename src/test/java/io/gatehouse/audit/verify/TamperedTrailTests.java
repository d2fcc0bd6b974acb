package io.gatehouse.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.SignedCheckpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to a trail that checkpoints cover, the verifier names the first entry that is no longer what it was.
 * Which one that is, is known here by comparing the two trails.
 */
class TamperedTrailTests {

    private static final int ENTRIES = 60;
    private static final int TRAILS = Boolean.getBoolean("gatehouse.long") ? 200_000 : 10_000;
    private static final long SEED = 20261130;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final TrailInMemory honest = TrailInMemory.of(ENTRIES, random);
    private Checkpoints checkpoints;

    @BeforeEach
    void writeCheckpoints() throws IOException {
        SignedCheckpoints signed = new SignedCheckpoints();
        PublicKeys keys = new PublicKeys(List.of(signed.publicKey(folder)));
        checkpoints =
                Checkpoints.of("checkpoints", signed.lines(honest.hashes(), List.of(1, 13, 14, 40, 59, 60)), keys);
        assertThat(checkpoints.fault()).isEmpty();
    }

    @Test
    void namesTheFirstWrongEntryWhateverWasDone() {
        for (int i = 0; i < TRAILS; i++) {
            InMemoryTampering tampering = InMemoryTampering.values()[i % InMemoryTampering.values().length];
            TrailInMemory tampered = tampering.apply(honest, random);
            int first = honest.firstDifference(tampered);

            assertThat(verdict(tampered).sentence())
                    .as("%s, number %d of seed %d", tampering, i, SEED)
                    .startsWith("The audit trail is broken at entry " + first + ": ");
        }
    }

    @Test
    void findsNothingWhereNothingWasDone() {
        assertThat(verdict(honest).intact()).isTrue();
    }

    @Test
    void findsNothingWhereTheTrailHasGrownSince() {
        assertThat(verdict(honest.grownBy(20)).intact()).isTrue();
    }

    private Verdict verdict(TrailInMemory trail) {
        ChainWalk walk = new ChainWalk(null, List.of(checkpoints));
        for (StoredEntry entry : trail.entries()) {
            var fault = walk.next(entry, entry.expectedHash());
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        return walk.end(Map.of(1, trail.head()));
    }
}
