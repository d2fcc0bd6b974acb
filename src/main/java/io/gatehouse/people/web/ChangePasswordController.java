package io.gatehouse.people.web;

import io.gatehouse.people.OwnPassword;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which people change their own password. */
@Controller
@Profile("!keycloak")
@RequestMapping("/change-password")
class ChangePasswordController {

    private static final String PAGE = "people/change-password";

    private final OwnPassword passwords;

    ChangePasswordController(OwnPassword passwords) {
        this.passwords = passwords;
    }

    @GetMapping
    String show(Principal person, Model model) {
        model.addAttribute("person", person.getName());
        return PAGE;
    }

    @PostMapping
    String change(
            Principal person,
            @RequestParam String old,
            @RequestParam String password,
            @RequestParam String again,
            Model model,
            HttpServletResponse answer) {
        List<String> wrong = new ArrayList<>(LinkPages.different(password, again));
        if (wrong.isEmpty()) {
            passwords.change(person.getName(), old, password).ifPresent(wrong::add);
        }
        model.addAttribute("person", person.getName());
        return wrong.isEmpty() ? LinkPages.DONE : LinkPages.again(PAGE, wrong, model, answer);
    }
}
