package io.gatehouse.change.web;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Link;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Relation;
import io.gatehouse.change.Risk;
import io.gatehouse.change.Window;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change as the API shows it. */
record ChangeRepresentation(
        String number,
        ChangeType type,
        ChangeState state,
        @Nullable String onHoldBecause,
        @Nullable String returnedBecause,
        String title,
        @Nullable String description,
        @Nullable String template,
        String requester,
        Set<String> services,
        String environment,
        Window window,
        Plans plans,
        Questionnaire questionnaire,
        List<Link> links,
        List<Artifact> artifacts,
        @Nullable Risk risk,
        List<String> riskReasons,
        int approvalRound,
        @Nullable String implementer,
        @Nullable String reviewer,
        @Nullable CloseCode closeCode,
        boolean rolledBack,
        @Nullable EmergencyRepresentation emergency,
        List<RelationRepresentation> relations,
        List<TaskLeftRepresentation> tasks,
        Instant createdAt,
        @Nullable Instant closedAt) {

    static ChangeRepresentation of(Change change) {
        return new ChangeRepresentation(
                change.number(),
                change.type(),
                change.state(),
                change.onHoldBecause(),
                change.returnedBecause(),
                change.title(),
                change.description(),
                change.template(),
                change.requester(),
                change.services(),
                change.environment(),
                change.window(),
                change.plans(),
                change.questionnaire(),
                change.links(),
                change.artifacts(),
                change.risk(),
                change.riskReasons(),
                change.approvalRound(),
                change.implementer(),
                change.reviewer(),
                change.closeCode(),
                change.rolledBack(),
                EmergencyRepresentation.of(change.emergency()),
                change.relations().stream()
                        .filter(Relation::isInForce)
                        .map(RelationRepresentation::of)
                        .toList(),
                change.tasksLeft().stream()
                        .map(task -> TaskLeftRepresentation.of(task, change))
                        .toList(),
                change.createdAt(),
                change.closedAt());
    }
}
