package io.gatehouse.release;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people write of a release until its package is confirmed.
 *
 * @param manager id of the person who leads it
 * @param train the key of the train it goes with
 * @param series what it is the next of, written as a key, if its train does not say that
 * @param readyOn the readiness date: from which day it could be deployed
 * @param environment the key of the one it ends in
 * @param window when it is deployed there
 * @param plans how its change is made, tested, undone and told
 * @param questionnaire what the policy asks about its change
 * @param items its package, by the keys of the services
 * @param seats who decides whether it goes into production, by their names
 * @param stages what it goes through before production, in order
 * @param template which version of which template it was planned by, as {@code major@3}
 * @param changeTemplate the key of a template of standard changes that brings it into production, if the policy lets it
 * @param rolloutPlan the key of the plan template by which it goes into production, instead of the plans of its services
 */
public record ReleaseContent(
        String name,
        @Nullable String description,
        String manager,
        @Nullable String train,
        @Nullable String series,
        LocalDate readyOn,
        String environment,
        Window window,
        Plans plans,
        Questionnaire questionnaire,
        List<Artifact> items,
        List<GoNoGoSeat> seats,
        List<ReleaseStage> stages,
        @Nullable String template,
        @Nullable String changeTemplate,
        @Nullable String rolloutPlan) {

    /** Who decides where nobody says otherwise: what runs and what is secure is nothing to outvote. */
    public static final List<GoNoGoSeat> USUAL_SEATS = List.of(
            new GoNoGoSeat("ops-lead", true),
            new GoNoGoSeat("product-owner", false),
            new GoNoGoSeat("qa-lead", false),
            new GoNoGoSeat("release-manager", false),
            new GoNoGoSeat("security-officer", true));

    public ReleaseContent {
        items = items.stream().sorted(Comparator.comparing(Artifact::service)).toList();
    }

    /** One that is of the series of its train, or of none, and for which neither kind of template is named. */
    public ReleaseContent(
            String name,
            @Nullable String description,
            String manager,
            @Nullable String train,
            LocalDate readyOn,
            String environment,
            Window window,
            Plans plans,
            Questionnaire questionnaire,
            List<Artifact> items,
            List<GoNoGoSeat> seats,
            List<ReleaseStage> stages,
            @Nullable String template) {
        this(
                name,
                description,
                manager,
                train,
                null,
                readyOn,
                environment,
                window,
                plans,
                questionnaire,
                items,
                seats,
                stages,
                template,
                null,
                null);
    }

    ReleaseContent withItems(List<Artifact> wanted) {
        return new ReleaseContent(
                name,
                description,
                manager,
                train,
                series,
                readyOn,
                environment,
                window,
                plans,
                questionnaire,
                wanted,
                seats,
                stages,
                template,
                changeTemplate,
                rolloutPlan);
    }

    /** The same later; what is still ahead of its stages moves by as much. */
    ReleaseContent postponed(Window another, LocalDate ready, Predicate<ReleaseStage> ahead) {
        Duration by = Duration.between(window.startsAt(), another.startsAt());
        return new ReleaseContent(
                name,
                description,
                manager,
                train,
                series,
                ready,
                environment,
                another,
                plans,
                questionnaire,
                items,
                seats,
                stages.stream()
                        .map(stage -> ahead.test(stage) ? stage.postponed(by) : stage)
                        .toList(),
                template,
                changeTemplate,
                rolloutPlan);
    }

    /** The same with some of its services, under another name. */
    ReleaseContent only(String called, Predicate<String> service) {
        return new ReleaseContent(
                called,
                description,
                manager,
                train,
                series,
                readyOn,
                environment,
                window,
                plans,
                questionnaire,
                items.stream().filter(item -> service.test(item.service())).toList(),
                seats,
                stages,
                template,
                changeTemplate,
                rolloutPlan);
    }

    /** The same, of the series of its train. */
    ReleaseContent ofSeriesOfTrain() {
        return new ReleaseContent(
                name,
                description,
                manager,
                train,
                null,
                readyOn,
                environment,
                window,
                plans,
                questionnaire,
                items,
                seats,
                stages,
                template,
                changeTemplate,
                rolloutPlan);
    }

    /** The keys of the services that get a new version. */
    public Set<String> services() {
        return items.stream().map(Artifact::service).collect(Collectors.toCollection(TreeSet::new));
    }
}
