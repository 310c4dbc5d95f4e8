package io.penstock.gateway.access;

import io.penstock.gateway.tls.PeerIdentity;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.util.HashSet;
import java.util.List;

/**
 * Who may use the data port and the admin port.
 *
 * <p>Threading: immutable.
 */
public record AccessConfig(
        @Setting(
                        value = "\"\"",
                        doc =
                                "File of keys, which penstock keys writes; nodes may share one. Empty:"
                                        + " there are no keys.")
                String keysFile,
        @Setting(
                        value = "auto",
                        doc =
                                "What those may do who bring neither a key nor a certificate: none |"
                                        + " push | read (and push) | auto, which is push as long as"
                                        + " there are no keys and identities and every port listens"
                                        + " on loopback, else none. But for none, and without keys and"
                                        + " identities, whoever comes over loopback may do all.")
                Anonymous anonymous,
        @Setting(
                        value = "false",
                        doc =
                                "Whether /metrics is for everybody; else it takes the role read. Its"
                                        + " labels are names of repos and exports. /livez and /readyz"
                                        + " always are.")
                boolean openMetrics,
        @Setting(
                        value = "2s",
                        doc =
                                "How often it is looked whether the file of keys has changed: so late"
                                        + " a key is revoked that was not revoked through this node.")
                long pollMs,
        @Setting(
                        value = "64MiB",
                        doc =
                                "Room for the audit log, in node.data_dir/audit; the oldest eighth"
                                        + " goes when it is full.")
                long auditMaxBytes,
        @Setting(
                        value = "[]",
                        doc = "What holders of client certificates may do; the first that fits.")
                List<Identity> identities,
        @Setting(doc = "Tokens of an OpenID Connect issuer (JWT); see docs/access.md.")
                JwtConfig jwt) {

    private static final int MAX_IDENTITIES = 1_000;
    private static final long LEAST_AUDIT_BYTES = 64 << 10;

    /** What is granted to those of whom nothing is known. */
    public enum Anonymous {
        /** Push, while it is safe. */
        AUTO,
        /** Nothing. */
        NONE,
        /** Push. */
        PUSH,
        /** Push, and look at everything. */
        READ
    }

    /** Checks ranges. */
    public AccessConfig {
        identities = List.copyOf(identities);
        Require.within("poll_ms", pollMs, 100, 3_600_000);
        Require.within("audit_max_bytes", auditMaxBytes, LEAST_AUDIT_BYTES, 1L << 40);
        if (identities.size() > MAX_IDENTITIES) {
            throw new IllegalArgumentException("identities: more than " + MAX_IDENTITIES);
        }
    }

    /** Holders of certificates. */
    public record Identity(
            @Setting(value = "\"\"", doc = "Common name of the certificate's subject.")
                    String subject,
            @Setting(
                            value = "\"\"",
                            doc =
                                    "Or one of its alternative names, as host.example or"
                                            + " dns:host.example; other kinds are uri:, ip:, email:."
                                            + " Either may have * for any run of characters.")
                    String san,
            @Setting(value = "\"*\"", doc = "Tenant whose repos are reached; * is every one.")
                    String tenant,
            @Setting(value = "[]", doc = "Names of repos, * for any characters; [] is all.")
                    List<String> repos,
            @Setting(doc = "push, read, admin.") List<Role> roles) {
        /** Checks that it fits somebody. */
        public Identity {
            repos = List.copyOf(repos);
            roles = List.copyOf(roles);
            if (subject.isEmpty() == san.isEmpty()) {
                throw new IllegalArgumentException("subject: state either subject or san");
            }
            Scope.check(tenant, repos);
            if (roles.isEmpty()) {
                throw new IllegalArgumentException("roles: none; name push, read or admin");
            }
        }

        Key.Rights rights() {
            return new Key.Rights(new HashSet<>(roles), new Scope(tenant, repos));
        }

        boolean fits(PeerIdentity who) {
            return subject.isEmpty()
                    ? who.names().stream().anyMatch(this::fitsName)
                    : Scope.fits(subject, who.commonName());
        }

        /** With its kind before it, as dns:host, or without. */
        private boolean fitsName(String name) {
            return Scope.fits(san, name) || Scope.fits(san, name.substring(name.indexOf(':') + 1));
        }
    }

    /** Whether anybody has something to show. */
    boolean knowsSomebody() {
        return knowsSecrets() || !identities.isEmpty();
    }

    /** Whether a header may say who somebody is. */
    boolean knowsSecrets() {
        return !keysFile.isEmpty() || jwt.isOn();
    }

    /**
     * What does not go with where the node listens; empty when all is well.
     *
     * @param ingressHost of the data port
     * @param adminHost of the admin port
     */
    public String fault(String ingressHost, String adminHost) {
        boolean ingressOpen = !Loopback.isName(ingressHost);
        if (knowsSomebody()
                || anonymous != Anonymous.AUTO
                || (!ingressOpen && Loopback.isName(adminHost))) {
            return "";
        }
        return (ingressOpen ? "ingress.host " + ingressHost : "admin.host " + adminHost)
                + " is reached from other machines, and nothing says who may come: name"
                + " access.keys_file (penstock keys create makes the first key), or say with"
                + " access.anonymous: push that everybody may push";
    }

    /** What anybody may, by where the node listens. */
    Anonymous effective(String ingressHost, String adminHost) {
        if (anonymous != Anonymous.AUTO) {
            return anonymous;
        }
        boolean safe =
                !knowsSomebody() && Loopback.isName(ingressHost) && Loopback.isName(adminHost);
        return safe ? Anonymous.PUSH : Anonymous.NONE;
    }
}
