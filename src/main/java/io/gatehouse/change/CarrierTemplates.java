package io.gatehouse.change;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Whether a template of standard changes is for a package. */
@Service
@Transactional(readOnly = true)
public class CarrierTemplates {

    /** The state of a template where none is named, and of one that there is not. */
    static final String NONE = "NONE";

    static final String MISSING = "MISSING";

    private final ChangeTemplates templates;
    private final TemplateVersionRows versions;
    private final TemplatePlan plans;

    CarrierTemplates(ChangeTemplates templates, TemplateVersionRows versions, TemplatePlan plans) {
        this.templates = templates;
        this.versions = versions;
        this.plans = plans;
    }

    /**
     * What is wrong with naming a template for a package, as it would be told about the field; empty if nothing is.
     *
     * @param services of the package; absent if they are not known yet
     */
    public Optional<String> breach(String template, String environment, @Nullable Set<String> services) {
        Optional<CatalogueEntry> entry = templates.findEntry(template);
        if (entry.isEmpty()) {
            return Optional.of("must be the key of a template of standard changes; GET /api/v1/change-templates");
        }
        if (entry.get().state() != CatalogueEntry.State.ACTIVE) {
            return Optional.of("must be a template that is in force, but " + template + " is "
                    + entry.get().state() + ": have it let in, or name another one or none");
        }
        TemplateContent content = entry.get().content();
        if (!content.environment().equals(environment)) {
            return Optional.of(
                    "must be a template for " + environment + ", but " + template + " is for " + content.environment());
        }
        if (services != null && !services.equals(Set.of(content.service()))) {
            return Optional.of("must be a template for the one service of the package, but " + template + " is for "
                    + content.service() + " alone");
        }
        return content.open().contains(OpenField.ARTIFACTS)
                ? Optional.empty()
                : Optional.of("must be a template that leaves open which version is brought, but " + template
                        + " does not: propose a version of it with ARTIFACTS in open");
    }

    /**
     * What is filled in of a change from a template that is in force, where the template leaves it open.
     *
     * @param about what the change is for
     */
    public OpenDetails details(String template, String about, List<Artifact> artifacts) {
        Set<OpenField> open = versions.active(template)
                .map(version -> version.content().open())
                .orElse(Set.of());
        return new OpenDetails(
                open.contains(OpenField.DESCRIPTION) ? about : null,
                List.of(),
                open.contains(OpenField.ARTIFACTS) ? artifacts : List.of());
    }

    /** {@value #NONE}, {@value #MISSING}, or the state in the catalogue. */
    String stateOf(@Nullable String template) {
        return template == null
                ? NONE
                : templates
                        .findEntry(template)
                        .map(entry -> entry.state().name())
                        .orElse(MISSING);
    }

    TemplateFit fit(CarriedPackage wanted) {
        Optional<TemplateVersion> version =
                Optional.ofNullable(wanted.template()).flatMap(versions::active);
        return version.map(inForce -> fit(inForce, wanted)).orElse(TemplateFit.NOT_LOOKED_AT);
    }

    private TemplateFit fit(TemplateVersion version, CarriedPackage wanted) {
        TemplateContent content = version.content();
        if (!wanted.services().equals(Set.of(content.service()))) {
            return TemplateFit.OTHER_SERVICES;
        }
        if (!content.environment().equals(wanted.environment())) {
            return TemplateFit.OTHER_ENVIRONMENT;
        }
        if (!content.open().contains(OpenField.ARTIFACTS)) {
            return TemplateFit.FIXES_VERSION;
        }
        if (!agree(content.plans(), wanted.plans())) {
            return TemplateFit.OTHER_PLANS;
        }
        if (!Objects.equals(plans.fingerprint(version.number()), version.planSha256())) {
            return TemplateFit.PLAN_CHANGED;
        }
        return plans.fits(version.number(), wanted.environment(), wanted.items().get(0))
                ? TemplateFit.FITS
                : TemplateFit.NOT_ROLLED_OUT_SO;
    }

    /** What is not written of a package is done as the template says. */
    private static boolean agree(Plans fixed, Plans written) {
        return Stream.of(
                        new Pair(fixed.implementation(), written.implementation()),
                        new Pair(fixed.test(), written.test()),
                        new Pair(fixed.backout(), written.backout()),
                        new Pair(fixed.communication(), written.communication()))
                .allMatch(Pair::agrees);
    }

    private record Pair(@Nullable String fixed, @Nullable String written) {

        private boolean agrees() {
            return written == null
                    || written.isBlank()
                    || fixed != null && written.strip().equals(fixed.strip());
        }
    }
}
