package io.gatehouse.change;

import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks {@code ChooseCarrier} by which kind of change a package is brought somewhere; of two versions a normal change holds.
 * A standard one waits for nobody's approval, so it is chosen only where a template that is in force was reviewed for
 * exactly this, whatever the table says.
 */
@Service
@Transactional
public class CarrierPolicy {

    /** What is not in the catalog counts against it. */
    private static final int MOST_CRITICAL = 1;

    private static final String OVERRULED = "no template that is in force was reviewed for this";

    /**
     * What the policy says.
     *
     * @param because why, as a clause
     * @param asked what was told to which tables, to be kept with the change
     */
    public record Choice(ChangeType type, String because, List<PolicyDecisions.Ahead> asked) {

        public boolean isStandard() {
            return type == ChangeType.STANDARD;
        }
    }

    private final PolicyDecisions policy;
    private final CarrierTemplates templates;
    private final TemplateEligibility eligibility;
    private final TemplateVersionRows versions;
    private final Services services;
    private final Environments environments;

    CarrierPolicy(
            PolicyDecisions policy,
            CarrierTemplates templates,
            TemplateEligibility eligibility,
            TemplateVersionRows versions,
            Services services,
            Environments environments) {
        this.policy = policy;
        this.templates = templates;
        this.eligibility = eligibility;
        this.versions = versions;
        this.services = services;
        this.environments = environments;
    }

    /** Chooses for a change that is raised at once: nobody takes the template out of force until the transaction ends. */
    public Choice choose(CarriedPackage wanted) {
        if (wanted.template() != null) {
            versions.lock(wanted.template());
        }
        return foresee(wanted);
    }

    /** What would be chosen as things are now; it is written down nowhere. */
    @Transactional(readOnly = true)
    public Choice foresee(CarriedPackage wanted) {
        Environment environment = environments.get(wanted.environment());
        int tier = services.tiers(wanted.services()).values().stream()
                .min(Comparator.naturalOrder())
                .orElse(MOST_CRITICAL);
        Set<String> concerned = new HashSet<>(wanted.authors());
        concerned.add(wanted.requester());
        TemplateFit fit = templates.fit(wanted);
        Optional<PolicyDecisions.Ahead> eligible = fit == TemplateFit.FITS
                ? Optional.of(eligibility.ahead(wanted, tier, environment.production(), concerned))
                : Optional.empty();
        Optional<String> refusal = eligible.flatMap(asked -> TemplateEligibility.refusal(asked.firstRules()));
        boolean possible = eligible.isPresent() && refusal.isEmpty();
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("production", environment.production());
        inputs.put("environmentKind", environment.kind().name());
        inputs.put("tier", tier);
        inputs.put("serviceCount", wanted.services().size());
        inputs.put("dataMigration", wanted.questionnaire().dataMigration());
        inputs.put("downtime", wanted.questionnaire().downtime());
        inputs.put("backoutTested", wanted.questionnaire().backoutTested());
        inputs.put("neededDataMigration", wanted.needsDataMigration());
        inputs.put("packageFixed", wanted.fixed());
        inputs.put("template", Objects.requireNonNullElse(wanted.template(), ""));
        inputs.put("templateState", templates.stateOf(wanted.template()));
        inputs.put("templateFit", fit.name());
        inputs.put("eligible", possible);
        PolicyDecisions.Ahead asked = policy.askAhead(PolicyVersions.CHOOSE_CARRIER, concerned, inputs);
        return choice(
                strictest(asked.firstRules()),
                possible,
                wanted.template(),
                refusal.orElse(null),
                Stream.concat(eligible.stream(), Stream.of(asked)).toList());
    }

    private static Choice choice(
            Map<String, Object> rule,
            boolean possible,
            @Nullable String template,
            @Nullable String refusal,
            List<PolicyDecisions.Ahead> asked) {
        boolean standard = isStandard(rule);
        String reason = standard && !possible ? OVERRULED : String.valueOf(rule.get("reason"));
        String about = template == null ? "" : " (" + template + (refusal == null ? "" : ": " + refusal) + ")";
        return new Choice(standard && possible ? ChangeType.STANDARD : ChangeType.NORMAL, reason + about, asked);
    }

    private static Map<String, Object> strictest(List<Map<String, Object>> rules) {
        return rules.stream().filter(rule -> !isStandard(rule)).findFirst().orElse(rules.get(0));
    }

    private static boolean isStandard(Map<String, Object> rule) {
        return ChangeType.STANDARD.name().equals(rule.get("carrier"));
    }

    /** Keeps with a change by what it was chosen. The change must be locked. */
    public void keep(Change change, Choice choice) {
        choice.asked().forEach(asked -> policy.keep(change, asked));
    }
}
