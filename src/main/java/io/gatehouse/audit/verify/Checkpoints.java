package io.gatehouse.audit.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of checkpoints that was kept outside of the database. It is believed up to the first line that is not signed by
 * a known key or does not follow the one before it.
 */
final class Checkpoints {

    /** Bytes kept of the hash of each entry. */
    private static final int KEPT = 6;

    private final String name;
    private final List<CheckpointLine> lines;
    private final @Nullable String fault;

    private Checkpoints(String name, List<CheckpointLine> lines, @Nullable String fault) {
        this.name = name;
        this.lines = lines;
        this.fault = fault;
    }

    static Checkpoints read(Path file, PublicKeys keys) throws IOException {
        return of(
                file.toString(),
                List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")),
                keys);
    }

    static Checkpoints of(String name, List<String> texts, PublicKeys keys) {
        List<CheckpointLine> whole = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            CheckpointLine.parse(i + 1, texts.get(i)).ifPresent(whole::add);
        }
        // By far the most of the work, and each line by itself.
        List<Boolean> signed = whole.parallelStream()
                .map(line -> line.isSignedBy(keys.find(line.key())))
                .toList();
        List<CheckpointLine> believed = new ArrayList<>();
        Head last = Head.START;
        String digest = Head.START.hash();
        String fault = whole.isEmpty() ? "there is no checkpoint in it" : null;
        for (int i = 0; i < whole.size() && fault == null; i++) {
            CheckpointLine line = whole.get(i);
            fault = fault(line, last, digest, signed.get(i), keys);
            if (fault == null) {
                believed.add(line);
                last = line.head();
                digest = line.digest();
            }
        }
        return new Checkpoints(name, believed, fault);
    }

    private static @Nullable String fault(
            CheckpointLine line, Head last, String digest, boolean signed, PublicKeys keys) {
        String where = "line " + line.place() + " ";
        if (keys.find(line.key()) == null) {
            return where + "is signed by the key " + line.key() + ", of which the public half was not given";
        }
        if (!signed) {
            return where + "is not signed by the key " + line.key() + " as it says";
        }
        if (!line.previous().equals(digest)) {
            return where + "does not follow the line before it";
        }
        if (beginnings(line).length != (line.head().number() - last.number()) * KEPT) {
            return where + "does not go on from where the line before it ends";
        }
        return null;
    }

    private static byte[] beginnings(CheckpointLine line) {
        try {
            return Base64.getDecoder().decode(line.entries());
        } catch (IllegalArgumentException notBase64) {
            return new byte[1];
        }
    }

    /** What is wrong with the file itself, if anything. */
    Optional<String> fault() {
        return Optional.ofNullable(fault).map(what -> "The checkpoints in " + name + " are broken: " + what);
    }

    /** Up to which entry the file goes. */
    long reach() {
        return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).head().number();
    }

    /** When the newest line was written. */
    String newest() {
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1).at();
    }

    /** A walk along the entries of a trail. */
    Walk walk() {
        return new Walk();
    }

    @Override
    public String toString() {
        return name + ": " + lines.size() + " checkpoints, the last of " + newest() + " with entry " + reach();
    }

    /** Holds entries against the file, one after the other. */
    final class Walk {

        private int at;
        private long begin;
        private byte[] beginnings;

        private Walk() {
            beginnings = opened();
        }

        /** Why an entry is not the one that was there at a checkpoint, if so; to be asked for each, in their order. */
        @Nullable
        String contradiction(StoredEntry entry) {
            while (at < lines.size() && lines.get(at).head().number() < entry.number()) {
                begin = lines.get(at).head().number();
                at++;
                beginnings = opened();
            }
            if (at == lines.size()) {
                return null;
            }
            CheckpointLine line = lines.get(at);
            int from = (int) (entry.number() - begin - 1) * KEPT;
            byte[] actual = HexFormat.of().parseHex(entry.hash(), 0, 2 * KEPT);
            boolean same = Arrays.equals(beginnings, from, from + KEPT, actual, 0, KEPT);
            boolean end = entry.number() == line.head().number();
            return same && (!end || line.head().hash().equals(entry.hash()))
                    ? null
                    : "it is not the entry that was there at the checkpoint of " + line.at();
        }

        private byte[] opened() {
            return at < lines.size() ? Checkpoints.beginnings(lines.get(at)) : new byte[0];
        }
    }
}
