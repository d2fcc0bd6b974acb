package io.gatehouse.release.report;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/**
 * An amount of money.
 *
 * @param amount with as many decimals as the currency has
 * @param currency its ISO 4217 code
 */
public record Money(BigDecimal amount, String currency) {

    /** @throws ArithmeticException if the amount has more decimals than the currency */
    public Money {
        amount = amount.setScale(decimals(currency));
    }

    static Money ofUnits(long units, String currency) {
        return new Money(BigDecimal.valueOf(units, decimals(currency)), currency);
    }

    /** In the smallest units of the currency. */
    long units() {
        return amount.unscaledValue().longValueExact();
    }

    /** Empty if there is no such currency, as of metals and tests, or if it has fewer decimals than the amount. */
    public static Optional<Money> of(BigDecimal amount, String currency) {
        boolean paid = Currency.getAvailableCurrencies().stream()
                .anyMatch(one -> one.getCurrencyCode().equals(currency)
                        && one.getDefaultFractionDigits()
                                >= Math.max(0, amount.stripTrailingZeros().scale()));
        return paid ? Optional.of(new Money(amount, currency)) : Optional.empty();
    }

    private static int decimals(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,." + amount.scale() + "f %s", amount, currency);
    }
}
