package io.gatehouse.change;

/** How what a template fixes agrees with what is to be brought; the first that fits counts. */
enum TemplateFit {
    /** The template is not in force, so nothing was looked at. */
    NOT_LOOKED_AT,
    /** It is for another service, or the package has more than its service. */
    OTHER_SERVICES,
    OTHER_ENVIRONMENT,
    /** It does not leave open which version is brought. */
    FIXES_VERSION,
    /** The package is to be brought otherwise than it says. */
    OTHER_PLANS,
    /** Its rollout plan, or the process that carries it out, is not the one that was let in. */
    PLAN_CHANGED,
    /** Its rollout plan cannot bring this, or it has none although its service has. */
    NOT_ROLLED_OUT_SO,
    FITS
}
