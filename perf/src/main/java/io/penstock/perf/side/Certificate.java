package io.penstock.perf.side;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for the gateway under load, made by the command {@code openssl}.
 *
 * @param certificate PEM
 * @param key PEM
 */
public record Certificate(Path certificate, Path key) {
    private static final long WITHIN_S = 20;

    /** Makes one, signed by its own P-256 key. */
    public static Certificate make(Path directory) throws IOException, InterruptedException {
        Certificate made =
                new Certificate(directory.resolve("node.pem"), directory.resolve("node.key"));
        List<String> command =
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-subj",
                        "/CN=under-load",
                        "-keyout",
                        made.key.toString(),
                        "-out",
                        made.certificate.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("openssl.log").toFile())
                        .start();
        if (!process.waitFor(WITHIN_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("openssl made no certificate; see openssl.log in " + directory);
        }
        return made;
    }

    /** The key {@code ingress.tls} in flow style. */
    public String yaml(String engine) {
        return String.format(
                Locale.ROOT,
                "{cert_file: '%s', key_file: '%s', engine: %s}",
                certificate,
                key,
                engine);
    }
}
