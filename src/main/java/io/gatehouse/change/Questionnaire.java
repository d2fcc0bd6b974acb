package io.gatehouse.change;

/**
 * What the requester says about the change; input of the policy table {@code AssessChangeRisk}.
 *
 * @param dataMigration whether stored data is converted
 * @param downtime whether the service is unavailable meanwhile
 * @param backoutTested whether the way back has been tried
 */
public record Questionnaire(boolean dataMigration, boolean downtime, boolean backoutTested) {}
