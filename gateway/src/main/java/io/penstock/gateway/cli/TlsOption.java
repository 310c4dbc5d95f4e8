package io.penstock.gateway.cli;

import io.penstock.exporter.tls.ClientTls;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --tls} and what goes with it, for every verb that talks to a node. */
public final class TlsOption {
    @Option(names = "--tls", description = "Speak TLS; implied by the other options of that name.")
    private boolean tls;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "PEM file of certificates to trust instead of the platform's.")
    private String caFile = "";

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "PEM file with the certificate to show.")
    private String certFile = "";

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file with its key.")
    private String keyFile = "";

    @Option(
            names = "--tls-trust-all",
            description = "Take any certificate of the node. For tests only.")
    private boolean trustAll;

    /** What was asked for; null when nothing was. */
    public @Nullable ClientTls asked() {
        boolean files = !caFile.isEmpty() || !certFile.isEmpty() || !keyFile.isEmpty();
        return tls || files || trustAll ? named(() -> made(caFile)) : null;
    }

    /**
     * The same for a node that is known to speak TLS, as its own configuration says.
     *
     * @param ownCertificate PEM file of the node's certificate, which is trusted unless others are
     *     named; empty when it is not known
     */
    public ClientTls assumed(String ownCertificate) {
        boolean own = caFile.isEmpty() && !trustAll;
        return named(() -> made(own ? ownCertificate : caFile));
    }

    /** What goes for a node at an address that a person gave; null for plain HTTP. */
    public @Nullable ClientTls of(String address) {
        return AdminClient.isTls(address) ? assumed("") : asked();
    }

    private ClientTls made(String trusted) {
        return new ClientTls(trusted, certFile, keyFile, trustAll);
    }

    /** Has files read that the options name; what is wrong with them ends the verb. */
    public static <R> R named(Supplier<R> reads) {
        try {
            return reads.get();
        } catch (IllegalArgumentException faulty) {
            String message = String.valueOf(faulty.getMessage());
            throw new CommandFailure(
                    ExitCode.USAGE,
                    message.replaceFirst("^ca_file", "--tls-ca")
                            .replaceFirst("^(cert|key)_file", "--tls-$1")
                            .replace("with cert_file", "with --tls-cert")
                            .replace("with trust_all", "with --tls-trust-all"));
        }
    }
}
