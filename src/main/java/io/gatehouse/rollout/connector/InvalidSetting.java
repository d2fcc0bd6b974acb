package io.gatehouse.rollout.connector;

import java.util.function.Supplier;

/** A setting of a connector that cannot work. The message is the setting's name and what to write, for the operator. */
public final class InvalidSetting extends IllegalArgumentException {

    /** @param setting as it is written, below its kind: {@code limits.answer-limit} */
    public InvalidSetting(String setting, String whatToWrite) {
        super(setting + ": " + whatToWrite);
    }

    /** @throws InvalidSetting if it does not hold */
    public static void unless(boolean holds, String setting, String whatToWrite) {
        if (!holds) {
            throw new InvalidSetting(setting, whatToWrite);
        }
    }

    /**
     * What is read from a setting.
     *
     * @param reading throws an {@link IllegalArgumentException} that says what to write
     * @throws InvalidSetting in its place
     */
    public static <T> T in(String setting, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSetting(setting, String.valueOf(wrong.getMessage()));
        }
    }
}
