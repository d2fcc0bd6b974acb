package io.gatehouse.people.web;

import io.gatehouse.people.FirstAdministrator;
import io.gatehouse.people.LinkRefused;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The page on which whoever has the link from the log becomes the first administrator. */
@Controller
@Profile("!sample & !keycloak")
@RequestMapping("/first-administrator/{link}")
class FirstAdministratorController {

    private static final String PAGE = "people/first-administrator";

    private final FirstAdministrator first;
    private final LinkPages pages;

    FirstAdministratorController(FirstAdministrator first, LinkPages pages) {
        this.first = first;
        this.pages = pages;
    }

    @GetMapping
    String show(@PathVariable String link, HttpServletResponse answer) {
        LinkPages.keepSecret(answer);
        first.check(link);
        return PAGE;
    }

    @PostMapping
    String choose(
            @PathVariable String link,
            @RequestParam String id,
            @RequestParam String name,
            @RequestParam String password,
            @RequestParam String again,
            Model model,
            HttpServletResponse answer) {
        LinkPages.keepSecret(answer);
        first.check(link);
        List<String> wrong = new ArrayList<>(LinkPages.different(password, again));
        if (wrong.isEmpty()) {
            wrong.addAll(first.appoint(link, id, name, password));
        }
        if (wrong.isEmpty()) {
            return LinkPages.DONE;
        }
        model.addAttribute("id", id);
        model.addAttribute("name", name);
        return LinkPages.again(PAGE, wrong, model, answer);
    }

    @ExceptionHandler
    ModelAndView refuse(LinkRefused refusal) {
        return pages.refused(refusal);
    }
}
