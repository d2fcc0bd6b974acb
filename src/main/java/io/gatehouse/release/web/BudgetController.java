package io.gatehouse.release.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.release.report.Booking;
import io.gatehouse.release.report.Budget;
import io.gatehouse.release.report.Budgets;
import io.gatehouse.release.report.Money;
import io.gatehouse.release.report.Spent;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What releases may cost, and what is spent on them. */
@RestController
@RequestMapping("/api/v1/releases/{number}")
@Transactional
class BudgetController {

    record BudgetInput(
            @NotNull @DecimalMin("0") @Digits(integer = 7, fraction = 2) BigDecimal hours,
            @NotNull @Valid MoneyInput money) {}

    record BookingInput(
            @NotNull LocalDate spentOn,
            @NotNull @DecimalMin("0") @Digits(integer = 7, fraction = 2) BigDecimal hours,
            @NotNull @Valid MoneyInput money,
            @NotBlank @Size(max = 500) String what) {}

    record ReversalInput(@NotBlank @Size(max = 500) String reason) {}

    record BudgetRepresentation(BigDecimal hours, Money money, Spent spent) {}

    record BookingRepresentation(
            long id,
            LocalDate spentOn,
            BigDecimal hours,
            Money money,
            String what,
            String bookedBy,
            Instant bookedAt,
            @Nullable Long reverses) {

        static BookingRepresentation of(Booking booking) {
            return new BookingRepresentation(
                    booking.id(),
                    booking.spentOn(),
                    booking.hours(),
                    booking.money(),
                    booking.what(),
                    booking.bookedBy(),
                    booking.bookedAt(),
                    booking.reverses());
        }
    }

    private final Budgets budgets;

    BudgetController(Budgets budgets) {
        this.budgets = budgets;
    }

    @GetMapping("/budget")
    ResponseEntity<BudgetRepresentation> show(@PathVariable String number) {
        return answer(ResponseEntity.ok(), budgets.get(number));
    }

    @PutMapping("/budget")
    ResponseEntity<BudgetRepresentation> set(
            @PathVariable String number, @RequestBody @Valid BudgetInput input, Precondition precondition) {
        Budget saved = budgets.set(number, input.hours(), input.money().toMoney(), precondition);
        return answer(
                saved.version() == 1
                        ? ResponseEntity.created(URI.create("/api/v1/releases/" + number + "/budget"))
                        : ResponseEntity.ok(),
                saved);
    }

    @GetMapping("/bookings")
    Page<BookingRepresentation> list(@PathVariable String number, PageQuery page) {
        return budgets.bookings(number, page).map(BookingRepresentation::of);
    }

    @PostMapping("/bookings")
    BookingRepresentation book(@PathVariable String number, @RequestBody @Valid BookingInput input) {
        return BookingRepresentation.of(budgets.book(
                number, input.spentOn(), input.hours(), input.money().toMoney(), input.what()));
    }

    @PostMapping("/bookings/{id}/reversal")
    BookingRepresentation reverse(
            @PathVariable String number, @PathVariable long id, @RequestBody @Valid ReversalInput input) {
        return BookingRepresentation.of(budgets.reverse(number, id, input.reason()));
    }

    private ResponseEntity<BudgetRepresentation> answer(ResponseEntity.BodyBuilder answer, Budget budget) {
        return answer.eTag(Long.toString(budget.version()))
                .body(new BudgetRepresentation(budget.hours(), budget.money(), budgets.spent(budget)));
    }
}
