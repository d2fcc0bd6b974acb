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
import java.util.stream.IntStream;

/** What the deploy tool did, in the order in which it did it; each line is on disk before the tool goes on. */
final class ToolJournal {

    private static final String EXECUTED = "EXECUTED";
    private static final String ENDED = "ENDED";
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

    /** Notes that the result may be known to others from now on. */
    void ended(String key) {
        write(ENDED + " " + key + "\n");
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

    /** What it was told, all of which it did; moments are lines of the journal, the first is 1. */
    static List<History.Request> requests(Path path) {
        List<String[]> lines = lines(path);
        return IntStream.range(0, lines.size())
                .filter(at -> lines.get(at)[0].equals(EXECUTED))
                .mapToObj(at -> request(lines, at))
                .toList();
    }

    private static History.Request request(List<String[]> lines, int at) {
        String[] words = lines.get(at);
        long ended = IntStream.range(at, lines.size())
                .filter(later -> lines.get(later)[0].equals(ENDED) && lines.get(later)[1].equals(words[1]))
                .mapToLong(later -> later + 1)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        History.Move move = new History.Move(words[2], Integer.parseInt(words[3]), words[4]);
        return new History.Request(words[1], move, 0, true, at + 1, ended);
    }

    /** The ids of all acknowledged callbacks. */
    static List<String> deliveries(Path path) {
        return lines(path).stream()
                .filter(words -> words[0].equals(DELIVERED))
                .map(words -> words[1])
                .toList();
    }

    private static List<String[]> lines(Path path) {
        try {
            return Files.readAllLines(path).stream()
                    .map(line -> line.split(" "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
