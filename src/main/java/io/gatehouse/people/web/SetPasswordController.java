package io.gatehouse.people.web;

import io.gatehouse.people.LinkRefused;
import io.gatehouse.people.PasswordLinks;
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

/** The page on which somebody whom an administrator gave a link chooses a password. */
@Controller
@Profile("!keycloak")
@RequestMapping("/set-password/{link}")
class SetPasswordController {

    private static final String PAGE = "people/set-password";

    private final PasswordLinks links;
    private final LinkPages pages;

    SetPasswordController(PasswordLinks links, LinkPages pages) {
        this.links = links;
        this.pages = pages;
    }

    @GetMapping
    String show(@PathVariable String link, Model model, HttpServletResponse answer) {
        LinkPages.keepSecret(answer);
        model.addAttribute("chooser", links.check(link));
        return PAGE;
    }

    @PostMapping
    String choose(
            @PathVariable String link,
            @RequestParam String password,
            @RequestParam String again,
            Model model,
            HttpServletResponse answer) {
        LinkPages.keepSecret(answer);
        model.addAttribute("chooser", links.check(link));
        List<String> wrong = new ArrayList<>(LinkPages.different(password, again));
        if (wrong.isEmpty()) {
            links.choose(link, password).ifPresent(wrong::add);
        }
        return wrong.isEmpty() ? LinkPages.DONE : LinkPages.again(PAGE, wrong, model, answer);
    }

    @ExceptionHandler
    ModelAndView refuse(LinkRefused refusal) {
        return pages.refused(refusal);
    }
}
