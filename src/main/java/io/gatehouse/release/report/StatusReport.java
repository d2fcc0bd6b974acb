package io.gatehouse.release.report;

import io.gatehouse.release.GoNoGo;
import io.gatehouse.release.Readiness;
import io.gatehouse.release.risk.RiskEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a release stands, for those who do not work on it.
 *
 * @param decision the newest one about whether it goes; absent if nobody was asked yet
 * @param open what is open in the register, greatest first
 */
public record StatusReport(Progress progress, Readiness readiness, @Nullable GoNoGo decision, List<RiskEntry> open) {}
