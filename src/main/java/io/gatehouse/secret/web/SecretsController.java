package io.gatehouse.secret.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.secret.Secret;
import io.gatehouse.secret.SecretName;
import io.gatehouse.secret.Secrets;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stored secrets. A value is put by PUT, which keeps no answers by key as POST does, and is in no answer. */
@RestController
@RequestMapping("/api/v1/secrets")
class SecretsController {

    private final Secrets secrets;

    SecretsController(Secrets secrets) {
        this.secrets = secrets;
    }

    @GetMapping
    Page<SecretRepresentation> list(PageQuery page) {
        return secrets.list(page).map(SecretRepresentation::of);
    }

    @GetMapping("/{name}")
    ResponseEntity<SecretRepresentation> show(@PathVariable String name) {
        return answer(ResponseEntity.ok(), secrets.get(name));
    }

    @PutMapping("/{name}")
    ResponseEntity<SecretRepresentation> put(
            @PathVariable @Pattern(regexp = SecretName.PATTERN, message = SecretName.MESSAGE) String name,
            @RequestBody SecretInput input,
            Precondition precondition) {
        Secret saved = secrets.put(name, input.value(), !Boolean.FALSE.equals(input.acceptPrevious()), precondition);
        return answer(
                saved.version() == 1
                        ? ResponseEntity.created(URI.create("/api/v1/secrets/" + name))
                        : ResponseEntity.ok(),
                saved);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name) {
        secrets.delete(name);
    }

    private static ResponseEntity<SecretRepresentation> answer(ResponseEntity.BodyBuilder answer, Secret secret) {
        return answer.eTag(Long.toString(secret.version())).body(SecretRepresentation.of(secret));
    }
}
