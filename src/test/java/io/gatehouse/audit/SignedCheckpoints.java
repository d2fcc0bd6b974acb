package io.gatehouse.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Checkpoints as the product writes them, of a trail that is only in memory. */
public final class SignedCheckpoints {

    private final CheckpointKey key = CheckpointKey.create();

    /** A file with the public half of the key. */
    public Path publicKey(Path folder) throws IOException {
        return Files.writeString(folder.resolve(key.id() + ".pub"), key.openPem());
    }

    /** Lines that go up to each of these entries, one after the other. */
    public List<String> lines(List<String> hashes, List<Integer> upTo) {
        List<String> lines = new ArrayList<>();
        String previous = CheckpointFile.Last.NONE.digest();
        int from = 0;
        for (int to : upTo) {
            StringBuilder beginnings = new StringBuilder();
            hashes.subList(from, to).forEach(hash -> beginnings.append(hash, 0, 2 * Checkpoint.KEPT));
            String entries = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(beginnings));
            Instant at = Instant.parse("2026-11-30T10:00:00Z").plusSeconds(to);
            lines.add(new Checkpoint(to, hashes.get(to - 1), at, "node-a", previous, entries).signedBy(key));
            previous = Fingerprint.ofText(lines.get(lines.size() - 1));
            from = to;
        }
        return lines;
    }
}
