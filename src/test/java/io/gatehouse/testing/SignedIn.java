package io.gatehouse.testing;

import java.util.Arrays;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** Somebody on whose behalf a test acts. */
public record SignedIn(String id, String... groups) {

    public static final SignedIn RITA = new SignedIn("rita", "requester");
    public static final SignedIn THEO = new SignedIn("theo", "technical-approver", "requester");
    public static final SignedIn MONA = new SignedIn("mona", "change-manager");
    public static final SignedIn OSKAR = new SignedIn("oskar", "ops-lead");
    public static final SignedIn CARLA = new SignedIn("carla", "cab-member");
    public static final SignedIn CHRIS = new SignedIn("chris", "cab-chair", "cab-member");
    public static final SignedIn SASHA = new SignedIn("sasha", "security-officer");
    public static final SignedIn ROLF = new SignedIn("rolf", "release-manager", "requester");

    /** Runs something on this person's behalf. */
    public <T> T does(Supplier<T> action) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        id,
                        null,
                        Arrays.stream(groups)
                                .map(group -> new SimpleGrantedAuthority("ROLE_" + group))
                                .toList()));
        try {
            return action.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    /** Lets a request of a test come from this person. */
    public RequestPostProcessor signsIn() {
        return SecurityMockMvcRequestPostProcessors.user(id).roles(groups);
    }

    /** Runs something on this person's behalf. */
    public void runs(Runnable action) {
        does(() -> {
            action.run();
            return true;
        });
    }
}
