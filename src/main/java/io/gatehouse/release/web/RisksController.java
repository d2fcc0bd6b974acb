package io.gatehouse.release.web;

import io.gatehouse.api.Precondition;
import io.gatehouse.release.risk.RiskEntry;
import io.gatehouse.release.risk.RiskRegister;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The register of what may go wrong with a release, and of what has. */
@RestController
@RequestMapping("/api/v1/releases/{number}/risks")
@Transactional
class RisksController {

    private final RiskRegister register;

    RisksController(RiskRegister register) {
        this.register = register;
    }

    @GetMapping
    List<RiskRepresentation> list(@PathVariable String number) {
        return register.of(number).stream().map(RiskRepresentation::of).toList();
    }

    @PostMapping
    ResponseEntity<RiskRepresentation> raise(@PathVariable String number, @RequestBody @Valid RiskInput.Raised input) {
        RiskEntry raised =
                register.raise(number, input.kind(), input.toContent(), input.likelihood(), input.consequence());
        return answer(
                ResponseEntity.created(URI.create("/api/v1/releases/" + number + "/risks/" + raised.number())), raised);
    }

    @GetMapping("/{risk}")
    ResponseEntity<RiskRepresentation> show(@PathVariable String number, @PathVariable String risk) {
        return answer(ResponseEntity.ok(), register.find(number, risk));
    }

    @PutMapping("/{risk}")
    ResponseEntity<RiskRepresentation> rewrite(
            @PathVariable String number,
            @PathVariable String risk,
            @RequestBody @Valid RiskInput input,
            Precondition precondition) {
        return answer(ResponseEntity.ok(), register.rewrite(number, risk, input.toContent(), precondition));
    }

    @PostMapping("/{risk}/assessments")
    ResponseEntity<RiskRepresentation> assess(
            @PathVariable String number, @PathVariable String risk, @RequestBody @Valid RiskInput.Assessed input) {
        return answer(
                ResponseEntity.ok(),
                register.assess(number, risk, input.likelihood(), input.consequence(), input.note()));
    }

    @PostMapping("/{risk}/closure")
    ResponseEntity<RiskRepresentation> close(
            @PathVariable String number, @PathVariable String risk, @RequestBody @Valid RiskInput.Closed input) {
        return answer(ResponseEntity.ok(), register.close(number, risk, input.note()));
    }

    private static ResponseEntity<RiskRepresentation> answer(ResponseEntity.BodyBuilder answer, RiskEntry entry) {
        return answer.eTag(Long.toString(entry.version())).body(RiskRepresentation.of(entry));
    }
}
