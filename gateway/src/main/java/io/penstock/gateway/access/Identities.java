package io.penstock.gateway.access;

import io.vertx.core.http.HttpConnection;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says whom the TLS of a connection has verified. */
@FunctionalInterface
public interface Identities {
    /** Nobody ever. */
    Identities NONE = connection -> null;

    /** The client's certificate, or null where there is none that was verified. */
    @Nullable Certificate of(HttpConnection connection);

    /**
     * What a verified certificate says.
     *
     * @param subject common name; empty where there is none
     * @param names subject alternative names: DNS names, addresses, URIs, mail addresses
     */
    record Certificate(String subject, List<String> names) {
        /** Copies. */
        public Certificate {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return subject.isEmpty() ? String.join(" ", names) : subject;
        }
    }

    /** By the chain that the connection's TLS has verified. */
    Identities BY_TLS =
            connection -> {
                if (!connection.isSsl()) {
                    return null;
                }
                try {
                    List<java.security.cert.Certificate> chain = connection.peerCertificates();
                    return chain != null
                                    && !chain.isEmpty()
                                    && chain.get(0) instanceof X509Certificate own
                            ? said(own)
                            : null;
                } catch (SSLPeerUnverifiedException none) {
                    // the client sent no certificate, and need not
                    return null;
                }
            };

    private static Certificate said(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        String subject = "";
        try {
            if (certificate.getSubjectAlternativeNames() != null) {
                for (List<?> name : certificate.getSubjectAlternativeNames()) {
                    if (name.size() > 1 && name.get(1) instanceof String text) {
                        names.add(text);
                    }
                }
            }
            for (Rdn part :
                    new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String cn) {
                    subject = cn;
                }
            }
        } catch (CertificateParsingException | InvalidNameException unreadable) {
            return new Certificate("", List.of());
        }
        return new Certificate(subject, names);
    }
}
