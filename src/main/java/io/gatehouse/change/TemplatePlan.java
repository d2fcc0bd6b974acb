package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/** The rollout plan of a version of a template, by the version's number; whoever lets the version in lets it in too. */
public interface TemplatePlan {

    /** Changes with anything in the plan and in the process that carries it out; absent if there is none. */
    @Nullable
    String fingerprint(String number);

    /** What is run where and how each step is undone, as lines of text; never empty. */
    String about(String number);

    /**
     * Whether this can be rolled out there as a version says. Where it has no plan, only if its service has none either:
     * what is rolled out as a rule is not done by hand because a template says nothing about it.
     */
    boolean fits(String number, String environment, Artifact artifact);
}
