package io.penstock.gateway.access;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which addresses are this machine's own, and which names no stranger's page can have.
 *
 * <p>Threading: any thread.
 */
public final class Loopback {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private Loopback() {}

    /** Whether a host of the configuration, or of a connection, is loopback; asks no DNS. */
    public static boolean isName(String host) {
        String bare = bare(host);
        return bare.equals("localhost")
                || (bare.startsWith("127.") && IPV4.matcher(bare).matches())
                || bare.equals("::1")
                || bare.equals("0:0:0:0:0:0:0:1")
                || (bare.startsWith("::ffff:127.")
                        && IPV4.matcher(bare.substring("::ffff:".length())).matches());
    }

    /**
     * Whether a request's {@code Host} can be meant for this node. A page of a stranger whose name
     * was made to lead here (DNS rebinding) sends that name; an address is no name.
     */
    static boolean isOwnHost(String host, String configured) {
        String bare = bare(host);
        return isName(bare)
                || IPV4.matcher(bare).matches()
                || bare.indexOf(':') >= 0
                || bare.equals(bare(configured));
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        boolean bracketed = lower.startsWith("[") && lower.endsWith("]");
        String inner = bracketed ? lower.substring(1, lower.length() - 1) : lower;
        int zone = inner.indexOf('%');
        return zone < 0 ? inner : inner.substring(0, zone);
    }
}
