package io.gatehouse.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** What the deploy tool did, in the order in which it did it; each line is on disk before the tool goes on. */
final class ToolJournal {

    /** One execution of a command. */
    record Execution(String key, String rollout, int seq, String kind) {

        static Execution parse(String[] words) {
            return new Execution(words[1], words[2], Integer.parseInt(words[3]), words[4]);
        }
    }

    private static final String EXECUTED = "EXECUTED";
    private static final String DELIVERED = "DELIVERED";

    private final FileChannel file;

    private ToolJournal(FileChannel file) {
        this.file = file;
    }

    static ToolJournal append(Path path) throws IOException {
        return new ToolJournal(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    void executed(String key, String rollout, int seq, String kind) {
        write(EXECUTED + " " + key + " " + rollout + " " + seq + " " + kind + "\n");
    }

    /** Notes a callback that was acknowledged. */
    void delivered(String deliveryId) {
        write(DELIVERED + " " + deliveryId + "\n");
    }

    private synchronized void write(String line) {
        try {
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Execution> executions(Path path) {
        return lines(path, EXECUTED).map(Execution::parse).toList();
    }

    /** The ids of all acknowledged callbacks. */
    static List<String> deliveries(Path path) {
        return lines(path, DELIVERED).map(words -> words[1]).toList();
    }

    private static Stream<String[]> lines(Path path, String kind) {
        try {
            return Files.readAllLines(path).stream()
                    .map(line -> line.split(" "))
                    .filter(words -> words[0].equals(kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
