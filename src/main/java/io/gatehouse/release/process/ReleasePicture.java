package io.gatehouse.release.process;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.Plans;
import io.gatehouse.engine.FormText;
import io.gatehouse.release.CarrierOutlook;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.Releases;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the forms of a release show above their questions. Times are shown in UTC and say so. */
@Component
class ReleasePicture {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Releases releases;
    private final CarrierOutlook carriers;

    ReleasePicture(Releases releases, CarrierOutlook carriers) {
        this.releases = releases;
        this.carriers = carriers;
    }

    Map<String, Object> of(String number) {
        Release release = releases.find(number);
        ReleaseContent content = release.content();
        Plans plans = content.plans();
        Map<String, Object> fields = new TreeMap<>();
        fields.put("number", number);
        fields.put("name", FormText.literal(content.name()));
        fields.put("manager", FormText.literal(content.manager()));
        fields.put("environment", FormText.literal(content.environment()));
        fields.put("train", FormText.literal(Objects.requireNonNullElse(content.train(), "none")));
        fields.put("readyOn", content.readyOn().toString());
        fields.put(
                "window",
                shown(content.window().startsAt()) + " to "
                        + shown(content.window().endsAt()));
        fields.put("carrier", FormText.literal(carriers.ofProduction(number)));
        fields.put(
                "cameBack",
                FormText.literal(Objects.requireNonNullElse(release.progress().returnedBecause(), "no")));
        fields.put("items", content.items().stream().map(ReleasePicture::line).collect(Collectors.joining("\n")));
        fields.put("description", written(content.description()));
        fields.put("implementationPlan", written(plans.implementation()));
        fields.put("testPlan", written(plans.test()));
        fields.put("backoutPlan", written(plans.backout()));
        fields.put("communicationPlan", written(plans.communication()));
        return fields;
    }

    private static String line(Artifact item) {
        return item.service() + " " + item.version() + (item.digest() == null ? "" : " (" + item.digest() + ")");
    }

    private static String written(@Nullable String text) {
        return text == null ? "none" : text;
    }

    static String shown(Instant moment) {
        return SHOWN.format(moment);
    }
}
