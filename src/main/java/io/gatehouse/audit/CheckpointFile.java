package io.gatehouse.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of checkpoints: a line of JSON each, only ever added to, on the disk before anybody is told. A line that a
 * crash has torn is left behind and passed over, by readers too.
 */
final class CheckpointFile {

    /**
     * The newest line.
     *
     * @param n up to which entry it goes, 0 while there is no line
     * @param hash of that entry
     * @param digest SHA-256 of the line, which the next one names
     */
    record Last(long n, String hash, Instant at, String digest) {

        static final Last NONE = new Last(0, "0".repeat(64), Instant.EPOCH, "0".repeat(64));
    }

    /**
     * What was added.
     *
     * @param n up to which entry the file goes since
     */
    record Added(List<String> lines, long n) {}

    /** What to add after the newest line. */
    @FunctionalInterface
    interface Continuation {

        Added after(Last last) throws IOException;
    }

    /** More than the longest line, which has {@link CheckpointRound#LONGEST} entries. */
    private static final int TAIL = 1 << 18;

    private static final JsonMapper JSON = new JsonMapper();

    private final Path path;

    CheckpointFile(Path path) {
        this.path = path;
    }

    /** Adds lines, while no other process adds any to the same file. */
    Added append(Continuation continuation) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                FileChannel reading = FileChannel.open(path, StandardOpenOption.READ);
                FileLock lock = file.lock()) {
            String tail = tail(reading);
            Added added = continuation.after(last(tail, reading.size()));
            if (lock.isValid() && !added.lines().isEmpty()) {
                boolean torn = !tail.isEmpty() && !tail.endsWith("\n");
                write(file, (torn ? "\n" : "") + String.join("\n", added.lines()) + "\n");
            }
            return added;
        }
    }

    private static void write(FileChannel file, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(true);
    }

    private static String tail(FileChannel file) throws IOException {
        long from = Math.max(0, file.size() - TAIL);
        ByteBuffer bytes = ByteBuffer.allocate((int) (file.size() - from));
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            // Until all of it is read.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private Last last(String tail, long size) throws IOException {
        int end = tail.lastIndexOf('\n');
        while (end > 0) {
            int begin = tail.lastIndexOf('\n', end - 1) + 1;
            Last last = parse(tail.substring(begin, end));
            if (last != null) {
                return last;
            }
            end = begin - 1;
        }
        if (size > TAIL) {
            throw new IOException("no checkpoint can be read at the end of " + path);
        }
        return Last.NONE;
    }

    private static @Nullable Last parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return new Last(
                    node.required("n").longValue(),
                    node.required("hash").textValue(),
                    Instant.parse(node.required("at").textValue()),
                    Fingerprint.ofText(line));
        } catch (JsonProcessingException | RuntimeException torn) {
            return null;
        }
    }
}
