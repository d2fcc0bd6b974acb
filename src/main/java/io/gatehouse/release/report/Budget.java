package io.gatehouse.release.report;

import io.gatehouse.audit.Fingerprint;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * What a release may cost.
 *
 * @param release what is stored of the number of the release
 * @param version counts every write
 * @param hours of people's work
 * @param money what is paid; all that is spent on the release is in its currency
 */
public record Budget(String release, long version, BigDecimal hours, Money money) {

    public Budget {
        hours = hours.setScale(2);
    }

    Budget next(BigDecimal wantedHours, Money wantedMoney) {
        return new Budget(release, version + 1, wantedHours, wantedMoney);
    }

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(Arrays.asList(release, version, hours, money.units(), money.currency()));
    }
}
