package io.gatehouse.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How a node is called in what it writes: letters, digits, dots and hyphens. */
final class NodeName {

    private static final int LONGEST = 100;

    private NodeName() {}

    /** The name that was given or, if none was, that of the machine. */
    static String of(String given) {
        String name = (given.isBlank() ? machine() : given).replaceAll("[^A-Za-z0-9._-]", "-");
        return name.substring(0, Math.min(LONGEST, name.length()));
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }
}
