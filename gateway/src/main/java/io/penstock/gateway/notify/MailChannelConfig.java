package io.penstock.gateway.notify;

import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keys {@code notices.mail.*}.
 *
 * <p>Threading: immutable.
 *
 * @param name of the channel
 * @param host of the server that takes mail
 * @param port of it
 * @param security how the connection is kept from others
 * @param username to sign in with; empty for not at all
 * @param password for that name
 * @param from who sends
 * @param to who gets it
 * @param caFile certificates to trust instead of the platform's; empty for none
 */
public record MailChannelConfig(
        @Setting(doc = "Name of the channel.") String name,
        @Setting(doc = "Server that takes mail for submission.") String host,
        @Setting(value = "587", doc = "Its port: 587 for starttls, 465 for tls.") int port,
        @Setting(
                        value = "starttls",
                        doc =
                                "starttls: TLS from the first command on, refused without; tls: TLS"
                                        + " from the first byte; none: in the clear, and then without a"
                                        + " password unless the server is on this machine.")
                Security security,
        @Setting(value = "\"\"", doc = "User name; empty does not sign in.") String username,
        @Setting(
                        value = "\"\"",
                        doc = "Its password, as ${file:/run/secrets/mail}. Never shown or logged.",
                        secret = true)
                String password,
        @Setting(doc = "Sender, as penstock@example.org.") String from,
        @Setting(doc = "Receivers, as [oncall@example.org].") List<String> to,
        @Setting(
                        value = "\"\"",
                        doc = "PEM file of certificates to trust instead of the platform's.")
                String caFile) {
    private static final int MAX_RECEIVERS = 50;
    private static final int MAX_PORT = 65_535;
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s<>@,;\\p{Cntrl}]{1,64}@[A-Za-z0-9.\\[\\]:-]{1,255}");
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|localhost|::1|\\[::1]");

    /** How a connection is kept from others. */
    public enum Security {
        /** TLS after a greeting in the clear. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS,
        /** In the clear. */
        NONE
    }

    /** Checks the values. */
    public MailChannelConfig {
        ChannelKeys.name(name);
        Require.within("port", port, 1, MAX_PORT);
        to = List.copyOf(to);
        Require.within("to", to.size(), 1, MAX_RECEIVERS);
        address("from", from);
        to.forEach(each -> address("to", each));
        if (username.isEmpty() != password.isEmpty()) {
            throw new IllegalArgumentException("password: goes with username");
        }
        if (security == Security.NONE && !username.isEmpty() && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "security: none would send the password in the clear to another machine");
        }
    }

    private static void address(String key, String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(key + ": no mail address: '" + address + "'");
        }
    }

    /** What this side calls itself: the domain of the sender, which asks no name server. */
    String ownName() {
        return from.substring(from.lastIndexOf('@') + 1);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "MailChannelConfig[" + name + ", " + host + ":" + port + ", " + security + "]";
    }
}
