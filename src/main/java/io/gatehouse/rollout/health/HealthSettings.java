package io.gatehouse.rollout.health;

import io.gatehouse.rollout.connector.DeclaredParameters;
import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.RepeatedCheck;
import io.gatehouse.rollout.http.ToolSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A health check, as its operator has configured it.
 *
 * @param url what is asked, as {@code https://shop.example.com/health}
 * @param user whose password {@code token} is, if the address asks for a name and a password
 * @param token what the address knows us by, or {@code stored:<name>}, if it asks for something
 * @param status what it must answer with
 * @param versionPointer where in an answer in JSON the version stands (RFC 6901), as {@code /build/version}
 * @param versionPattern or a regular expression for any answer, whose one group is the version
 * @param text what must be in the answer
 * @param parameters {@code version}, if one is looked at, and the pattern it must match as a whole
 * @param stableFor how long all that must hold
 * @param askEvery the pause between two looks
 * @param timeLimit how long may pass until it has held so long
 */
record HealthSettings(
        @Example("https://shop.example.com/health") String url,
        @Nullable String user,
        @Nullable String token,
        @DefaultValue("200") int status,
        @Nullable String versionPointer,
        @Nullable String versionPattern,
        @Nullable String text,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("30s") Duration stableFor,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("10m") Duration timeLimit,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    static final String VERSION = "version";

    /** RFC 6901, section 3. */
    private static final Pattern POINTER = Pattern.compile("(/([^/~]|~[01])*)*");

    HealthSettings {
        InvalidSetting.unless(user == null || token != null, "token", "give the password of " + user);
        if (versionPointer != null && versionPattern != null) {
            throw new IllegalArgumentException("say where the version is by version-pointer or by version-pattern");
        }
        InvalidSetting.unless(
                versionPointer == null || POINTER.matcher(versionPointer).matches(),
                "version-pointer",
                "write it as /build/version, with ~1 for a / in a name and ~0 for a ~");
        if (versionPattern != null
                && DeclaredParameters.pattern("version-pattern", versionPattern)
                                .matcher("")
                                .groupCount()
                        != 1) {
            throw new IllegalArgumentException("the version-pattern needs exactly one group, which is the version");
        }
        boolean looked = versionPointer != null || versionPattern != null;
        if (!parameters.keySet().equals(looked ? Set.of(VERSION) : Set.of())) {
            throw new IllegalArgumentException("declare the parameter version if one is looked at, and no other");
        }
    }

    @Override
    public Duration giveUpAfter() {
        return pace().giveUpAfter();
    }

    RepeatedCheck.Pace pace() {
        return new RepeatedCheck.Pace(askEvery, stableFor, timeLimit);
    }
}
