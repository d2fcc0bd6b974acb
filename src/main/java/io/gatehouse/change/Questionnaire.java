package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/**
 * What the requester says about the change; the flags are inputs of the policy table {@code AssessChangeRisk}.
 *
 * @param dataMigration whether stored data is converted
 * @param downtime whether the service is unavailable meanwhile
 * @param backoutTested whether the way back has been tried
 * @param ifNotDone what happens if the change is not made; for people, a board above all
 */
public record Questionnaire(
        boolean dataMigration, boolean downtime, boolean backoutTested, @Nullable String ifNotDone) {

    public Questionnaire(boolean dataMigration, boolean downtime, boolean backoutTested) {
        this(dataMigration, downtime, backoutTested, null);
    }
}
