package io.gatehouse.people;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.ClassPathResource;

/**
 * The words of {@code passwords/common.txt}, and what can be made of them. A long password is common if nearly nothing
 * stays when those words, repetitions and neighbours like {@code 1234} are taken away.
 */
final class CommonPasswords {

    private static final String FILE = "passwords/common.txt";

    /** What must stay. */
    private static final int LEAST = 6;

    private static final int LEAST_DIFFERENT = 5;
    private static final int RUN = 3;

    private final List<String> words;

    private CommonPasswords(List<String> words) {
        this.words = words.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    static CommonPasswords read() {
        try (InputStream file = new ClassPathResource(FILE).getInputStream()) {
            return new CommonPasswords(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param password in lower case */
    boolean contains(String password) {
        String rest = withoutRepetition(password);
        for (String word : words) {
            rest = rest.replace(word, " ");
        }
        int[] characters = rest.codePoints().toArray();
        boolean[] run = runs(characters);
        int left = 0;
        for (int i = 0; i < characters.length; i++) {
            if (!run[i] && !Character.isWhitespace(characters[i])) {
                left++;
            }
        }
        return left < LEAST || rest.codePoints().distinct().count() < LEAST_DIFFERENT;
    }

    /** The shortest piece of which the text is made, some times in a row. */
    private static String withoutRepetition(String text) {
        int period = (text + text).indexOf(text, 1);
        return text.substring(0, period);
    }

    /** Which characters are among at least three in a row that are alike or count up or down by one. */
    private static boolean[] runs(int[] characters) {
        boolean[] run = new boolean[characters.length];
        for (int i = 0; i + RUN <= characters.length; i++) {
            int step = characters[i + 1] - characters[i];
            if (Math.abs(step) <= 1 && characters[i + 2] - characters[i + 1] == step) {
                run[i] = true;
                run[i + 1] = true;
                run[i + 2] = true;
            }
        }
        return run;
    }
}
