package io.gatehouse.rollout.connector;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an operator lets plans say to a tool, and how long its results are waited for.
 *
 * @param parameters what a plan must give, and the pattern each value must match as a whole
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long an accepted command may take until a person is asked
 */
public record Terms(Map<String, Pattern> parameters, Duration askEvery, Duration giveUpAfter) {

    /** @throws IllegalArgumentException if a pattern is none */
    public static Terms of(Map<String, String> parameters, Duration askEvery, Duration giveUpAfter) {
        return new Terms(
                parameters.entrySet().stream()
                        .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> Pattern.compile(entry.getValue()))),
                askEvery,
                giveUpAfter);
    }
}
