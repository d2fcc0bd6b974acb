package io.gatehouse.rollout.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A range of addresses, as {@code 10.0.0.0/8} or {@code fc00::/7}. */
record Network(InetAddress base, int bits) {

    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:]*)/([0-9]{1,3})");

    /** @throws IllegalArgumentException if the text is none; a name is never looked up */
    static Network parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no network; write it as 10.20.0.0/16");
        }
        try {
            InetAddress base = InetAddress.getByName(matcher.group(1));
            int bits = Integer.parseInt(matcher.group(2));
            if (bits > base.getAddress().length * 8) {
                throw new IllegalArgumentException("'" + text + "' has more bits than an address");
            }
            return new Network(base, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is no network", e);
        }
    }

    boolean contains(InetAddress address) {
        byte[] own = base.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((own[bit / 8] ^ other[bit / 8]) & 0x80 >> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }
}
