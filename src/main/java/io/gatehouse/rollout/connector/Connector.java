package io.gatehouse.rollout.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A deploy tool that an operator has connected, by the name that plans use for it. */
public interface Connector {

    String name();

    /** Which tool it is, in one word for people, as {@code webhook}. */
    String kind();

    /** The parameters a plan must give, and what each must look like as a whole. */
    Map<String, Pattern> parameters();

    AfterCrash afterCrash();

    /** Makes the tool do something. Called outside any transaction; never throws. */
    ConnectorAnswer call(ConnectorCall call);

    /** Asks the tool what became of a command. Only called if {@link #canBeAsked()}. */
    default ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        return ConnectorAnswer.ambiguous("This tool cannot be asked");
    }

    default Stopping stopping() {
        return Stopping.NEVER;
    }

    /**
     * Asks the tool to end what it is doing for a command, which does no harm if it is asked twice. Succeeded if the tool
     * has taken that or has ended anyway; what became of the command is asked afterwards. Only called if {@link #stopping}
     * is {@link Stopping#ONCE_TAKEN}, outside any transaction; never throws.
     */
    default ConnectorAnswer stop(ConnectorCall call, @Nullable String reference) {
        return ConnectorAnswer.refused("This tool cannot be asked to stop");
    }

    default boolean canBeAsked() {
        return false;
    }

    /** The pause between two questions about an accepted command. */
    default Duration askEvery() {
        return Duration.ofSeconds(5);
    }

    /** How long an accepted command may take until a person is asked. */
    default Duration giveUpAfter() {
        return Duration.ofHours(1);
    }

    /**
     * The secrets the tool's callbacks may be signed with; none if it sends none.
     *
     * @throws io.gatehouse.secret.SecretUnreadable if they are stored and cannot be read
     */
    default List<WebhookSecret> callbackSecrets() {
        return List.of();
    }

    /**
     * Whether a notice is proven to be the tool's own.
     *
     * @throws io.gatehouse.secret.SecretUnreadable if what it would be proven by is stored and cannot be read
     */
    default boolean proves(Notice notice) {
        return false;
    }

    /** Looks whether the tool can be reached and lets us in, and changes nothing there. Outside any transaction. */
    default ConnectorCheck check() {
        return ConnectorCheck.unknown("This kind of tool cannot be looked at without an order.");
    }

    /** Names of the stored secrets it uses. */
    default Set<String> storedSecrets() {
        return Set.of();
    }
}
