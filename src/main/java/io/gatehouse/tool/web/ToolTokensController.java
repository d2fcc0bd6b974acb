package io.gatehouse.tool.web;

import io.gatehouse.api.Page;
import io.gatehouse.tool.Tokens;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
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

/** The tokens of a tool. */
@RestController
@RequestMapping("/api/v1/tools/{name}/tokens")
class ToolTokensController {

    record TokenInput(@Nullable Instant expiresAt) {}

    record RotationInput(@Nullable Duration overlap, @Nullable Instant expiresAt) {}

    private final Tokens tokens;

    ToolTokensController(Tokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping
    Page<TokenRepresentation> list(@PathVariable String name) {
        return new Page<>(tokens.of(name), null).map(TokenRepresentation::of);
    }

    @PostMapping
    ResponseEntity<TokenRepresentation> issue(@PathVariable String name, @RequestBody @Valid TokenInput input) {
        return answer(name, tokens.issue(name, input.expiresAt()));
    }

    @PostMapping("/{id}/rotation")
    ResponseEntity<TokenRepresentation> rotate(
            @PathVariable String name, @PathVariable String id, @RequestBody @Valid RotationInput input) {
        return answer(name, tokens.rotate(name, id, input.overlap(), input.expiresAt()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String name, @PathVariable String id) {
        tokens.revoke(name, id);
    }

    private static ResponseEntity<TokenRepresentation> answer(String name, Tokens.Issued issued) {
        return ResponseEntity.created(URI.create(
                        "/api/v1/tools/" + name + "/tokens/" + issued.token().id()))
                .body(TokenRepresentation.of(issued));
    }
}
