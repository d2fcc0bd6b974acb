package io.gatehouse.release.communication;

import io.gatehouse.release.GoNoGo;
import io.gatehouse.release.Moment;
import io.gatehouse.release.Release;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The places in a template, such as {@code {{release.number}}}, and what stands there when somebody is told. */
final class Placeholders {

    /** What is told, and of which release. */
    record Told(Release release, Moment moment, @Nullable String stage, @Nullable GoNoGo decision) {}

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final Pattern PLACE = Pattern.compile("\\{\\{([^{}\\r\\n]{0,100})}}");
    private static final String BRACES = "{{";

    private static final Map<String, Function<Told, @Nullable Object>> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "moment",
                    told -> told.moment().name().toLowerCase(Locale.ROOT).replace('_', ' ')),
            Map.entry("stage", Told::stage),
            Map.entry(
                    "decision.outcome",
                    told -> told.decision() == null ? null : told.decision().outcome()),
            Map.entry(
                    "decision.reason",
                    told -> told.decision() == null ? null : told.decision().reason()),
            Map.entry("release.number", told -> told.release().number()),
            Map.entry("release.name", told -> told.release().content().name()),
            Map.entry("release.manager", told -> told.release().content().manager()),
            Map.entry("release.train", told -> told.release().content().train()),
            Map.entry("release.readyOn", told -> told.release().content().readyOn()),
            Map.entry("release.environment", told -> told.release().content().environment()),
            Map.entry(
                    "release.opensAt",
                    told -> shown(told.release().content().window().startsAt())),
            Map.entry(
                    "release.closesAt",
                    told -> shown(told.release().content().window().endsAt())),
            Map.entry("release.items", told -> items(told.release())),
            Map.entry("release.state", told -> told.release().state()),
            Map.entry("release.change", told -> told.release().progress().change()),
            Map.entry(
                    "release.returnedBecause", told -> told.release().progress().returnedBecause()),
            Map.entry(
                    "release.retiredBecause", told -> told.release().progress().retiredBecause())));

    private Placeholders() {}

    /** What is wrong with a text, in words that follow the name of a field; empty if nothing is. */
    static Optional<String> objection(String text) {
        Matcher place = PLACE.matcher(text);
        TreeSet<String> unknown = new TreeSet<>();
        while (place.find()) {
            if (!KNOWN.containsKey(place.group(1).strip())) {
                unknown.add(place.group());
            }
        }
        if (!unknown.isEmpty()) {
            return Optional.of("must not ask for " + String.join(", ", unknown) + "; known are "
                    + KNOWN.keySet().stream().map(name -> BRACES + name + "}}").collect(Collectors.joining(", ")));
        }
        return PLACE.matcher(text).replaceAll("").contains(BRACES)
                ? Optional.of("must close each {{ with }} in the same line")
                : Optional.empty();
    }

    /** The text with what is known; "none" where nothing is. What is filled in is not looked at again. */
    static String fill(String text, Told told) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(Objects.toString(
                        Objects.requireNonNull(KNOWN.get(place.group(1).strip()), place.group())
                                .apply(told),
                        "none")));
    }

    private static String items(Release release) {
        return release.content().items().stream()
                .map(item -> item.service() + " " + item.version())
                .collect(Collectors.joining("\n"));
    }

    private static String shown(Instant moment) {
        return SHOWN.format(moment);
    }
}
