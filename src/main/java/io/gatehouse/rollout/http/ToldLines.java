package io.gatehouse.rollout.http;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What a tool calls something that goes on, and which of the lines that say how far it is we have told; as a reference,
 * {@code name} or {@code name/1f-Q7_aB}, four characters for each line. A line that the tool no longer shows is forgotten
 * and told again if it comes back, because then something has changed.
 *
 * @param marks of the lines that were told and that the tool showed the last time
 */
public record ToldLines(String name, List<String> marks) {

    private static final int MARK = 4;
    private static final Pattern REFERENCE = Pattern.compile("(.*?)(?:/((?:[\\w-]{" + MARK + "})+))?", Pattern.DOTALL);

    public ToldLines {
        marks = List.copyOf(marks);
    }

    public static ToldLines of(String name) {
        return new ToldLines(name, List.of());
    }

    public static ToldLines parse(String reference) {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches() || parts.group(2) == null) {
            return of(reference);
        }
        return new ToldLines(parts.group(1), List.of(parts.group(2).split("(?<=\\G.{" + MARK + "})")));
    }

    /** The same under the name that the tool has for it by now. */
    public ToldLines as(String newName) {
        return new ToldLines(newName, marks);
    }

    public String reference() {
        return marks.isEmpty() ? name : name + "/" + String.join("", marks);
    }

    /** Tells those that are new, but for those of which no reference could say so: they are left for the end. */
    public ToldLines more(List<String> lines, Consumer<String> log) {
        Map<String, String> shown = marked(lines);
        List<String> told = new ArrayList<>(marks);
        told.retainAll(shown.keySet());
        int room = (ConnectorAnswer.MAX_REFERENCE - name.length() - 1) / MARK - told.size();
        List<String> fresh = shown.keySet().stream()
                .filter(mark -> !told.contains(mark))
                .limit(Math.max(0, room))
                .toList();
        tell(fresh, shown, log);
        told.addAll(fresh);
        return new ToldLines(name, told);
    }

    /** Tells all that were not told before, once it has ended. */
    public void rest(List<String> lines, Consumer<String> log) {
        Map<String, String> shown = marked(lines);
        tell(shown.keySet().stream().filter(mark -> !marks.contains(mark)).toList(), shown, log);
    }

    private static void tell(List<String> fresh, Map<String, String> lines, Consumer<String> log) {
        StringBuilder text = new StringBuilder();
        fresh.forEach(mark -> text.append(lines.get(mark)).append('\n'));
        if (!text.isEmpty()) {
            log.accept(text.toString());
        }
    }

    /** In their order. Of lines that are the same, or would have the same mark, each has another one. */
    private static Map<String, String> marked(List<String> lines) {
        Map<String, String> marked = new LinkedHashMap<>();
        Map<String, Integer> same = new HashMap<>();
        for (String line : lines) {
            int number = same.merge(line, 1, Integer::sum);
            while (marked.putIfAbsent(mark(line, number), line) != null) {
                number++;
            }
        }
        return marked;
    }

    private static String mark(String line, int number) {
        CRC32 sum = new CRC32();
        sum.update((number + line).getBytes(StandardCharsets.UTF_8));
        long value = sum.getValue();
        byte[] three = {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
        return Base64.getUrlEncoder().encodeToString(three);
    }
}
