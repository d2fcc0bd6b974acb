package io.gatehouse.rollout;

/**
 * A command that this node may deal with until its lease runs out.
 *
 * @param command as it is now that it is leased
 * @param before the state it was found in: {@code SENDING} means that a node has died or got no clear answer
 */
record Lease(Command command, CommandState before) {

    static Lease of(Command found) {
        CommandState now = found.state() == CommandState.NEW ? CommandState.SENDING : found.state();
        return new Lease(
                new Command(
                        found.id(),
                        found.rollout(),
                        found.seq(),
                        found.kind(),
                        found.attempt(),
                        found.key(),
                        found.connector(),
                        now,
                        found.fence() + 1,
                        found.tries() + 1,
                        found.maybeSent() || found.state() == CommandState.SENDING,
                        found.reference(),
                        found.link(),
                        found.giveUpAt(),
                        found.waiting()),
                found.state());
    }
}
