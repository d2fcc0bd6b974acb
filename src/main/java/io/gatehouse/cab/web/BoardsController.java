package io.gatehouse.cab.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.cab.Board;
import io.gatehouse.cab.Boards;
import io.gatehouse.catalog.CatalogKey;
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

/** Boards and who sits on them. */
@RestController
@RequestMapping("/api/v1/boards")
class BoardsController {

    private final Boards boards;

    BoardsController(Boards boards) {
        this.boards = boards;
    }

    @GetMapping
    Page<BoardRepresentation> list(PageQuery page) {
        return boards.list(page).map(BoardRepresentation::of);
    }

    @GetMapping("/{key}")
    ResponseEntity<BoardRepresentation> show(@PathVariable String key) {
        return answer(ResponseEntity.ok(), boards.get(key));
    }

    @PutMapping("/{key}")
    ResponseEntity<BoardRepresentation> put(
            @PathVariable @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String key,
            @RequestBody @Valid BoardInput input,
            Precondition precondition) {
        Board saved = boards.put(key, input.description(), precondition);
        return answer(
                saved.version() == 1
                        ? ResponseEntity.created(URI.create("/api/v1/boards/" + key))
                        : ResponseEntity.ok(),
                saved);
    }

    @PutMapping("/{key}/absences/{person}")
    ResponseEntity<BoardRepresentation> putAbsences(
            @PathVariable String key,
            @PathVariable String person,
            @RequestBody @Valid AbsencesInput input,
            Precondition precondition) {
        return answer(ResponseEntity.ok(), boards.putAbsences(key, person, input.of(person), precondition));
    }

    private static ResponseEntity<BoardRepresentation> answer(ResponseEntity.BodyBuilder answer, Board board) {
        return answer.eTag(Long.toString(board.version())).body(BoardRepresentation.of(board));
    }
}
