package io.gatehouse.crash;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Kills nodes at moments that chance decides: one after the other, and now and then all at once. */
final class Killer {

    private static final int LONGEST_LIFE_MILLIS = 4000;

    private final Nodes nodes;
    private final Load load;
    private final Tables tables;
    private final Random random;
    private int kills;
    private int killsUnderLoad;
    private String head = "";

    Killer(Nodes nodes, Load load, Tables tables, long seed) {
        this.nodes = nodes;
        this.load = load;
        this.tables = tables;
        this.random = new Random(seed);
    }

    /** Returns while the last victim is still starting again. */
    void kill(int times) {
        while (kills < times) {
            letThemLive();
            boolean all = nodes.count() <= times - kills && random.nextInt(4) == 0;
            List<Integer> victims =
                    all ? IntStream.range(0, nodes.count()).boxed().toList() : next();
            kill(victims);
            nodes.restart(victims);
        }
    }

    /** The next one does not come back: the others have to end what it has begun. */
    void killForGood() {
        letThemLive();
        kill(next());
    }

    private void letThemLive() {
        nodes.awaitAllReady();
        LockSupport.parkNanos(
                Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)).toNanos());
        load.requireUnbroken();
    }

    private List<Integer> next() {
        return List.of(kills % nodes.count());
    }

    private void kill(List<Integer> victims) {
        head = tables.auditHead();
        killsUnderLoad += load.caller().underWay() > 0 ? victims.size() : 0;
        nodes.kill(victims);
        kills += victims.size();
    }

    int kills() {
        return kills;
    }

    /** How many of them hit while somebody waited for an answer. */
    int killsUnderLoad() {
        return killsUnderLoad;
    }

    /** As the audit trail was moments before. */
    String headBeforeTheLastKill() {
        return head;
    }
}
