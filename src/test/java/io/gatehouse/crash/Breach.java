package io.gatehouse.crash;

/**
 * Something that must never be, whatever broke.
 *
 * @param rule as {@code C1}
 */
public record Breach(String rule, String sentence) {

    @Override
    public String toString() {
        return rule + ": " + sentence;
    }
}
