package io.gatehouse.people;

import io.gatehouse.access.PasswordCheck;
import io.gatehouse.access.PersonStates;
import io.gatehouse.audit.PersonTrail;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets people change their own password, if they know the one they have. */
@Service
@Profile("!keycloak")
public class OwnPassword {

    private static final String WRONG =
            "Your current password is not right. After wrong tries the next one waits for up to a" + " minute.";

    private final PasswordCheck check;
    private final PasswordRules rules;
    private final Register register;
    private final PersonWriter writer;
    private final PersonStates states;
    private final Administrators administrators;
    private final TransactionTemplate transactions;
    private final PersonTrail audit;

    OwnPassword(
            PasswordCheck check,
            PasswordRules rules,
            Register register,
            PersonWriter writer,
            PersonStates states,
            Administrators administrators,
            TransactionTemplate transactions,
            PersonTrail audit) {
        this.check = check;
        this.rules = rules;
        this.register = register;
        this.writer = writer;
        this.states = states;
        this.administrators = administrators;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * Changes it and ends everything the person is signed in to; a wrong old one counts as at the sign-in.
     *
     * @return what is wrong, in a sentence; empty if it is done
     */
    public Optional<String> change(String id, String old, String wanted) {
        if (old.equals(wanted)) {
            return Optional.of("The new password is the one you have.");
        }
        Optional<String> objection =
                rules.objection(wanted, id, register.get(id).name());
        if (objection.isPresent()) {
            return objection;
        }
        long era = states.era(id);
        boolean changed = check.passes(id, old)
                && Boolean.TRUE.equals(transactions.execute(status -> changeUnlessOther(id, era, wanted)));
        return changed ? Optional.empty() : Optional.of(WRONG);
    }

    /** Somebody may have got another password since the old one was looked at; the old one is worth nothing then. */
    private boolean changeUnlessOther(String id, long era, String wanted) {
        administrators.lock();
        if (states.era(id) != era || states.isDisabled(id)) {
            return false;
        }
        writer.setPassword(id, wanted);
        audit.record("people.PasswordChanged", id, Map.of());
        return true;
    }
}
