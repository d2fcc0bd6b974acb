package io.gatehouse.access.web;

import java.security.Principal;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The pages to come in and to go where passwords are kept here. What they send is taken by Spring Security. */
@Controller
@Profile("!keycloak")
class SignInController {

    @GetMapping("/sign-in")
    String signIn() {
        return "access/sign-in";
    }

    /** Asks before it ends the session: a link of somebody else's must not. */
    @GetMapping("/sign-out")
    String signOut(Principal person, Model model) {
        model.addAttribute("person", person.getName());
        return "access/sign-out";
    }
}
