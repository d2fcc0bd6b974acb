package io.gatehouse.change;

/**
 * When a template is suspended by itself.
 *
 * @param failures how many changes must have failed or been rolled back, at least 1
 * @param uses among how many of the latest closed ones, at least as many
 */
public record SuspensionRule(int failures, int uses) {

    public static final SuspensionRule USUAL = new SuspensionRule(2, 5);

    /** How far back anybody looks. */
    public static final int MOST_USES = 100;

    boolean isSound() {
        return failures >= 1 && uses >= failures && uses <= MOST_USES;
    }
}
