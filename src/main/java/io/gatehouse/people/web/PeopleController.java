package io.gatehouse.people.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ShownOnce;
import io.gatehouse.people.PasswordLinks;
import io.gatehouse.people.Register;
import io.gatehouse.people.RegisteredPerson;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** People: who is here, in which groups, and how they get in. */
@RestController
@RequestMapping("/api/v1/people")
class PeopleController {

    record PasswordLink(ShownOnce link, Instant expiresAt) {}

    private final Register register;
    private final PasswordLinks links;

    PeopleController(Register register, PasswordLinks links) {
        this.register = register;
        this.links = links;
    }

    @GetMapping
    Page<PersonRepresentation> list(PageQuery page) {
        return register.list(page).map(PersonRepresentation::of);
    }

    @GetMapping("/{id}")
    ResponseEntity<PersonRepresentation> show(@PathVariable String id) {
        return answer(ResponseEntity.ok(), register.get(id));
    }

    @PostMapping
    ResponseEntity<PersonRepresentation> add(@RequestBody @Valid NewPersonInput input) {
        return answer(
                ResponseEntity.created(URI.create("/api/v1/people/" + input.id())),
                register.add(input.id(), input.toDescription()));
    }

    @PutMapping("/{id}")
    ResponseEntity<PersonRepresentation> change(
            @PathVariable String id, @RequestBody @Valid PersonInput input, Precondition precondition) {
        return answer(ResponseEntity.ok(), register.change(id, input.toDescription(), precondition));
    }

    @PostMapping("/{id}/disablement")
    ResponseEntity<PersonRepresentation> disable(@PathVariable String id) {
        return answer(ResponseEntity.ok(), register.disable(id));
    }

    @PostMapping("/{id}/enablement")
    ResponseEntity<PersonRepresentation> enable(@PathVariable String id) {
        return answer(ResponseEntity.ok(), register.enable(id));
    }

    @PostMapping("/{id}/erasure")
    ResponseEntity<PersonRepresentation> erase(@PathVariable String id) {
        return answer(ResponseEntity.ok(), register.erase(id));
    }

    @PostMapping("/{id}/sign-out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(@PathVariable String id) {
        register.signOut(id);
    }

    @PostMapping("/{id}/password-links")
    @ResponseStatus(HttpStatus.CREATED)
    PasswordLink makePasswordLink(@PathVariable String id) {
        PasswordLinks.Made made = links.make(id);
        String address = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/set-password/" + made.secret())
                .toUriString();
        return new PasswordLink(new ShownOnce(address), made.expiresAt());
    }

    private static ResponseEntity<PersonRepresentation> answer(
            ResponseEntity.BodyBuilder answer, RegisteredPerson person) {
        return answer.eTag(Long.toString(person.version())).body(PersonRepresentation.of(person));
    }
}
