package io.gatehouse.release;

import io.gatehouse.change.ChangeType;
import org.jspecify.annotations.Nullable;

/**
 * Which kind of change carries a release, as the policy chose.
 *
 * @param type STANDARD or NORMAL
 * @param because why that one, as a clause
 */
public record Carrier(ChangeType type, String because) {

    private static final int LONGEST = 1000;

    public Carrier {
        because = because.substring(0, Math.min(because.length(), LONGEST));
    }

    static @Nullable Carrier read(@Nullable String type, @Nullable String because) {
        return type == null || because == null ? null : new Carrier(ChangeType.valueOf(type), because);
    }

    /** {@code a normal change, because the template is suspended (nova-patch)} */
    public String sentence() {
        return "a " + (type == ChangeType.STANDARD ? "standard" : "normal") + " change, because " + because;
    }
}
