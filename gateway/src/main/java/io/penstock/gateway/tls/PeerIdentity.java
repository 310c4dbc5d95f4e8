package io.penstock.gateway.tls;

import io.vertx.core.http.HttpConnection;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Who a client proved to be by its certificate, which one of the port's authorities vouches for.
 *
 * <p>Threading: immutable.
 *
 * @param subject distinguished name as RFC 2253 writes it, as {@code CN=shipper,O=Acme}
 * @param commonName its CN; empty when it has none
 * @param names subject alternative names (RFC 5280, section 4.2.1.6) with their kind: {@code
 *     dns:host}, {@code uri:spiffe://...}, {@code email:a@b}, {@code ip:10.0.0.1}; others are left
 *     out
 */
public record PeerIdentity(String subject, String commonName, List<String> names) {
    private static final Map<Integer, String> KINDS =
            Map.of(1, "email:", 2, "dns:", 6, "uri:", 7, "ip:");

    /** Copies the list. */
    public PeerIdentity {
        names = List.copyOf(names);
    }

    /**
     * Who the other side of a connection is; null when it showed no certificate, or the port does
     * not ask for one, or does not speak TLS. Reads the certificate each time: ask once per
     * connection.
     */
    public static @Nullable PeerIdentity of(HttpConnection connection) {
        if (!connection.isSsl()) {
            return null;
        }
        List<Certificate> chain;
        try {
            chain = connection.peerCertificates();
        } catch (SSLPeerUnverifiedException anonymous) {
            return null; // it says no more than that there is none
        }
        return chain != null && !chain.isEmpty() && chain.get(0) instanceof X509Certificate own
                ? of(own)
                : null;
    }

    /** For logs: the common name, or where there is none the alternative names. */
    public String shortName() {
        return commonName.isEmpty() ? String.join(" ", names) : commonName;
    }

    /** Whom a certificate names. */
    public static PeerIdentity of(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        return new PeerIdentity(subject, commonName(subject), names(certificate));
    }

    private static String commonName(String subject) {
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
            return "";
        } catch (InvalidNameException impossible) {
            return ""; // the JDK wrote it
        }
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                all.forEach(each -> add(each, names));
            }
        } catch (CertificateParsingException garbled) {
            return List.of(); // an identity that nobody can read is nobody's
        }
        return names;
    }

    private static void add(List<?> name, List<String> names) {
        String kind = name.get(0) instanceof Integer number ? KINDS.get(number) : null;
        if (kind != null) {
            names.add(kind + name.get(1));
        }
    }
}
