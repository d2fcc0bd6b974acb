package io.gatehouse.people.web;

import io.gatehouse.people.LinkRefused;
import io.gatehouse.people.RefusedLinks;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.ModelAndView;

/** What pages have in common on which somebody chooses a password. */
@Component
class LinkPages {

    /** Where people go on who have chosen one. */
    static final String DONE = "redirect:/sign-in?password-set";

    private final RefusedLinks refusals;

    LinkPages(RefusedLinks refusals) {
        this.refusals = refusals;
    }

    /** The address is a secret: it goes to no other page, and no copy of the page is kept. */
    static void keepSecret(HttpServletResponse answer) {
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader("Cache-Control", "no-store");
    }

    static List<String> different(String password, String again) {
        return password.equals(again)
                ? List.of()
                : List.of("The two passwords are not the same. Write the new one twice.");
    }

    /** The same page with what was wrong. */
    static String again(String page, List<String> wrong, Model model, HttpServletResponse answer) {
        answer.setStatus(HttpStatus.BAD_REQUEST.value());
        model.addAttribute("wrong", wrong);
        return page;
    }

    /** The page for a link that opens nothing, the same whatever it once opened and for whom. */
    ModelAndView refused(LinkRefused refusal) {
        refusals.record(refusal);
        return new ModelAndView(
                "people/link-refused",
                Map.of("over", refusal.isOver()),
                refusal.isOver() ? HttpStatus.GONE : HttpStatus.NOT_FOUND);
    }
}
