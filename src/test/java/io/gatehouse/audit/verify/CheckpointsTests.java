package io.gatehouse.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.SignedCheckpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of checkpoints is believed as far as it is whole and signed. */
class CheckpointsTests {

    @TempDir
    Path folder;

    private final SignedCheckpoints signed = new SignedCheckpoints();
    private final TrailInMemory trail = TrailInMemory.of(30, new Random(1));
    private final List<String> lines = signed.lines(trail.hashes(), List.of(10, 20, 30));
    private PublicKeys keys;

    @BeforeEach
    void giveTheKey() throws IOException {
        keys = new PublicKeys(List.of(signed.publicKey(folder)));
    }

    @Test
    void saysHowFarItGoes() {
        assertThat(read(lines))
                .hasToString("file: 3 checkpoints, the last of 2026-11-30T10:00:30Z with entry 30")
                .extracting(Checkpoints::reach)
                .isEqualTo(30L);
    }

    @Test
    void believesNoLineOfAKeyThatWasNotGiven() throws IOException {
        PublicKeys others = new PublicKeys(List.of(new SignedCheckpoints().publicKey(folder)));

        Checkpoints read = Checkpoints.of("file", lines, others);

        assertThat(read.fault()).hasValueSatisfying(why -> assertThat(why)
                .startsWith("The checkpoints in file are broken: line 1 is signed by the key ")
                .endsWith(", of which the public half was not given"));
        assertThat(read.reach()).isZero();
    }

    @Test
    void findsEveryFieldThatWasAltered() {
        for (String edit : List.of(
                "\"n\":20,|\"n\":21,",
                "node-a|node-b",
                "10:00:20Z|10:00:21Z",
                "\"hash\":\"" + trail.hashes().get(19) + "|\"hash\":\""
                        + trail.hashes().get(18))) {
            String[] parts = edit.split("\\|");
            List<String> edited = new ArrayList<>(lines);
            edited.set(1, lines.get(1).replace(parts[0], parts[1]));
            assertThat(edited.get(1)).as(edit).isNotEqualTo(lines.get(1));

            assertThat(read(edited).fault().orElse("")).as(edit).contains("line 2 is not signed by the key ");
            assertThat(read(edited).reach()).isEqualTo(10);
        }
    }

    @Test
    void findsALineThatWasTakenOut() {
        assertThat(read(List.of(lines.get(0), lines.get(2))).fault().orElse(""))
                .endsWith("line 2 does not follow the line before it");
        assertThat(read(lines.subList(1, 3)).fault().orElse("")).endsWith("line 1 does not follow the line before it");
    }

    @Test
    void findsLinesThatWereSwapped() {
        assertThat(read(List.of(lines.get(0), lines.get(2), lines.get(1)))
                        .fault()
                        .orElse(""))
                .endsWith("line 2 does not follow the line before it");
    }

    @Test
    void passesOverWhatACrashHasTorn() {
        List<String> torn = new ArrayList<>(lines);
        torn.add(1, lines.get(1).substring(0, 40));

        assertThat(read(torn).fault()).isEmpty();
        assertThat(read(torn).reach()).isEqualTo(30);
    }

    @Test
    void anEmptyFileProvesNothing() {
        assertThat(read(List.of("")).fault())
                .hasValue("The checkpoints in file are broken: there is no checkpoint in it");
    }

    private Checkpoints read(List<String> texts) {
        return Checkpoints.of("file", texts, keys);
    }
}
