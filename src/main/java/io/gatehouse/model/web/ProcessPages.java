package io.gatehouse.model.web;

import io.gatehouse.engine.ModelShelf;
import io.gatehouse.engine.ModelShelf.Shelved;
import io.gatehouse.model.ProcessPage;
import io.gatehouse.model.TablePage;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The processes and decision tables of this installation as pages, drawn from what is deployed at this moment: with their
 * versions, because a change goes on by those it began with.
 */
@Controller
@RequestMapping("/processes")
class ProcessPages {

    private final ModelShelf shelf;

    ProcessPages(ModelShelf shelf) {
        this.shelf = shelf;
    }

    @GetMapping
    ModelAndView all() {
        return new ModelAndView("model/processes")
                .addObject("processes", shelf.processes())
                .addObject("tables", shelf.tables());
    }

    /** @param version a number; the latest if it is absent. What there is not is answered with the list and 404. */
    @GetMapping("/{key}")
    ModelAndView one(@PathVariable String key, @RequestParam Optional<String> version) {
        return process(key, version).or(() -> table(key, version)).orElseGet(() -> missing(key, version));
    }

    private Optional<ModelAndView> process(String key, Optional<String> version) {
        return latest(shelf.processes(), key)
                .flatMap(latest -> number(version, latest).flatMap(number -> shelf.process(key, number)
                        .map(model -> page("model/process", latest, number).addObject("page", ProcessPage.of(model)))));
    }

    private Optional<ModelAndView> table(String key, Optional<String> version) {
        return latest(shelf.tables(), key)
                .flatMap(latest -> number(version, latest).flatMap(number -> shelf.table(key, number)
                        .map(model -> page("model/table", latest, number).addObject("page", TablePage.of(model)))));
    }

    private static Optional<Shelved> latest(List<Shelved> models, String key) {
        return models.stream().filter(model -> model.key().equals(key)).findFirst();
    }

    private static Optional<Integer> number(Optional<String> version, Shelved latest) {
        return version.isEmpty()
                ? Optional.of(latest.version())
                : version.filter(text -> text.matches("[1-9][0-9]{0,8}")).map(Integer::valueOf);
    }

    private static ModelAndView page(String view, Shelved latest, int version) {
        return new ModelAndView(view).addObject("version", version).addObject("latest", latest.version());
    }

    private ModelAndView missing(String key, Optional<String> version) {
        ModelAndView list = all();
        list.setStatus(HttpStatus.NOT_FOUND);
        return list.addObject(
                "missing",
                version.map(number ->
                                "There is no version " + number + " of " + key + " here. These are the latest ones:")
                        .orElse("There is no process or table " + key + " here. There are these:"));
    }
}
