package io.gatehouse.tool.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.tool.Tool;
import io.gatehouse.tool.Tools;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tools: what may call the API on its own. */
@RestController
@RequestMapping("/api/v1/tools")
class ToolsController {

    private final Tools tools;

    ToolsController(Tools tools) {
        this.tools = tools;
    }

    @GetMapping
    Page<ToolRepresentation> list(PageQuery page) {
        return tools.list(page).map(ToolRepresentation::of);
    }

    @GetMapping("/{name}")
    ResponseEntity<ToolRepresentation> show(@PathVariable String name) {
        return answer(ResponseEntity.ok(), tools.get(name));
    }

    @PutMapping("/{name}")
    ResponseEntity<ToolRepresentation> put(
            @PathVariable @Pattern(regexp = Tool.NAME_PATTERN, message = Tool.NAME_MESSAGE) String name,
            @RequestBody @Valid ToolInput input,
            Precondition precondition) {
        Tool saved = tools.put(name, input.toDescription(), precondition);
        return answer(
                saved.version() == 1
                        ? ResponseEntity.created(URI.create("/api/v1/tools/" + name))
                        : ResponseEntity.ok(),
                saved);
    }

    private static ResponseEntity<ToolRepresentation> answer(ResponseEntity.BodyBuilder answer, Tool tool) {
        return answer.eTag(Long.toString(tool.version())).body(ToolRepresentation.of(tool));
    }
}
