package io.gatehouse.breakglass;

import io.gatehouse.engine.CallableFromModels;
import java.util.Date;

/** What the diagram asks about a break-glass; every answer is read from our tables, none from a process variable. */
@CallableFromModels
class BreakGlassFacts {

    private final BreakGlasses breakGlasses;

    BreakGlassFacts(BreakGlasses breakGlasses) {
        this.breakGlasses = breakGlasses;
    }

    /** From when on nothing may be done any more. */
    public Date expiresAt(String number) {
        return Date.from(breakGlasses.find(number).expiresAt());
    }

    /** Whether a second person let it happen, whatever came of it. */
    public boolean granted(String number) {
        return breakGlasses.find(number).wasGranted();
    }
}
