package io.gatehouse.rollout.github;

import io.gatehouse.rollout.connector.DeclaredParameters;
import io.gatehouse.rollout.connector.InvalidSetting;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By which of its events a GitHub is made to do something. */
enum GithubTrigger {
    /** Starts one workflow on a branch or tag. GitHub takes 25 inputs at most, and one is the key. */
    WORKFLOW_DISPATCH(24, Set.of("workflow", "ref"), Set.of()),

    /**
     * Sends an event of our own, for which workflows of the default branch wait. GitHub takes 10 properties at most, and
     * one is the key.
     */
    REPOSITORY_DISPATCH(9, Set.of("workflow", "event-type"), Set.of()),

    /** Creates a deployment, which somebody waits for and carries out. GitHub names no limit for its payload. */
    DEPLOYMENT(Integer.MAX_VALUE, Set.of("ref", "environment"), Set.of("task", "required-contexts"));

    private final int mostParameters;
    private final Set<String> needed;
    private final Set<String> optional;

    GithubTrigger(int mostParameters, Set<String> needed, Set<String> optional) {
        this.mostParameters = mostParameters;
        this.needed = needed;
        this.optional = optional;
    }

    /** As GitHub calls it. */
    String event() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidSetting if it needs what is not given, or is given what it would pass over */
    void check(String setting, @Nullable String given) {
        boolean isGiven = given != null && !given.isBlank();
        InvalidSetting.unless(isGiven || !needed.contains(setting), setting, "the trigger " + this + " needs it");
        InvalidSetting.unless(
                !isGiven || needed.contains(setting) || optional.contains(setting),
                setting,
                "leave it out, the trigger " + this + " has none");
    }

    /** @throws InvalidSetting if there are more than GitHub takes */
    void check(Map<String, String> parameters) {
        DeclaredParameters.atMost(mostParameters, parameters);
    }
}
