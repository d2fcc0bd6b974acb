package io.gatehouse.rollout.command;

import io.gatehouse.secret.SecretMask;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Reads what a program prints, so it never blocks on a full pipe, and keeps the beginning of it, without secrets. */
final class Output implements Runnable {

    private final Reader source;
    private final int limit;
    private final SecretMask mask;
    private final StringBuilder fresh = new StringBuilder();
    private int kept;
    private boolean cut;

    Output(Process process, int limit, SecretMask mask) {
        this.source = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        this.limit = limit;
        this.mask = mask;
    }

    @Override
    public void run() {
        char[] buffer = new char[8192];
        try {
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                keep(mask.next(new String(buffer, 0, read)));
            }
            keep(mask.rest());
        } catch (IOException stopped) {
            note("the program was stopped");
        }
    }

    /** What was printed since the last call; empty if nothing was. */
    synchronized String takeFresh() {
        String taken = fresh.toString();
        fresh.setLength(0);
        return taken;
    }

    private synchronized void keep(String piece) {
        int room = Math.min(piece.length(), limit - kept);
        fresh.append(piece, 0, room);
        kept += room;
        if (room < piece.length() && !cut) {
            cut = true;
            note("cut after " + limit + " characters");
        }
    }

    private synchronized void note(String what) {
        fresh.append("\n[output ends here: ").append(what).append("]\n");
    }
}
