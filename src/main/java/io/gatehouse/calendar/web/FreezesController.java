package io.gatehouse.calendar.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.calendar.Freeze;
import io.gatehouse.calendar.Freezes;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Declares, shows and lifts freezes. */
@RestController
@RequestMapping("/api/v1/freezes")
class FreezesController {

    private final Freezes freezes;

    FreezesController(Freezes freezes) {
        this.freezes = freezes;
    }

    @PostMapping
    ResponseEntity<FreezeRepresentation> declare(@RequestBody @Valid FreezeInput input) {
        Freeze freeze = freezes.declare(
                input.name(), input.reason(), input.startsAt(), input.endsAt(), input.service(), input.environment());
        return ResponseEntity.created(URI.create("/api/v1/freezes/" + freeze.storedId()))
                .body(FreezeRepresentation.of(freeze));
    }

    @GetMapping
    Page<FreezeRepresentation> list(PageQuery page) {
        return freezes.current(page).map(FreezeRepresentation::of);
    }

    @GetMapping("/{id}")
    FreezeRepresentation show(@PathVariable long id) {
        return FreezeRepresentation.of(freezes.get(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void lift(@PathVariable long id) {
        freezes.lift(id);
    }
}
