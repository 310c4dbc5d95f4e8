package io.penstock.gateway.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/** An authority that gives certificates (RFC 5280) over P-256 keys, for tests. */
public final class TestAuthority {
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid("2a8648ce3d040302"));
    private static final byte[] BASIC_CONSTRAINTS = Der.oid("551d13");
    private static final byte[] ALTERNATIVE_NAMES = Der.oid("551d11");
    private static final AtomicLong SERIALS = new AtomicLong(1);

    private final KeyPair keys = keys();
    private final X500Principal name;
    private final String pem;

    /** An authority of this distinguished name. */
    public TestAuthority(String name) {
        this.name = new X500Principal(name);
        byte[] constraints =
                Der.sequence(BASIC_CONSTRAINTS, Der.yes(), Der.octets(Der.sequence(Der.yes())));
        this.pem =
                certificate(this.name, keys, Instant.now().plus(Duration.ofDays(9)), constraints);
    }

    /** Files of a certificate and its key. */
    public record Issued(Path certificate, Path key) {
        /** {@code cert_file} and {@code key_file}, for a configuration in flow style. */
        public String yaml() {
            return "cert_file: '%s', key_file: '%s'".formatted(certificate, key);
        }
    }

    /** Writes the authority's certificate. */
    public Path write(Path file) throws IOException {
        return Files.writeString(file, pem);
    }

    /** A certificate for this machine, for a day. */
    public Issued issue(Path directory, String file, String subject) throws IOException {
        return issue(directory, file, subject, Instant.now().plus(Duration.ofDays(1)));
    }

    /** A certificate for this machine until some time; files of that name are replaced. */
    public Issued issue(Path directory, String file, String subject, Instant ends)
            throws IOException {
        KeyPair own = keys();
        byte[] names =
                Der.sequence(
                        ALTERNATIVE_NAMES,
                        Der.octets(
                                Der.sequence(
                                        text(2, "localhost"),
                                        Der.element(0x87, new byte[] {127, 0, 0, 1}),
                                        text(6, "spiffe://test/" + file))));
        String certificate = certificate(new X500Principal(subject), own, ends, names);
        Path certificateFile = directory.resolve(file + ".pem");
        Path keyFile = directory.resolve(file + ".key");
        replace(keyFile, block("PRIVATE KEY", own.getPrivate().getEncoded()));
        replace(certificateFile, certificate);
        return new Issued(certificateFile, keyFile);
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(
                fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] text(int kind, String value) {
        return Der.element(0x80 | kind, value.getBytes(StandardCharsets.US_ASCII));
    }

    private String certificate(
            X500Principal subject, KeyPair own, Instant ends, byte[]... extensions) {
        Instant begins = ends.isAfter(Instant.now()) ? Instant.now() : ends;
        byte[] content =
                Der.sequence(
                        Der.element(0xa0, Der.integer(2)),
                        Der.integer(SERIALS.incrementAndGet()),
                        ECDSA_SHA256,
                        name.getEncoded(),
                        Der.sequence(Der.time(begins.minus(Duration.ofDays(1))), Der.time(ends)),
                        subject.getEncoded(),
                        own.getPublic().getEncoded(),
                        Der.element(0xa3, Der.sequence(extensions)));
        byte[] signed =
                Der.sequence(content, ECDSA_SHA256, Der.bits(sign(keys.getPrivate(), content)));
        return block("CERTIFICATE", signed);
    }

    private static byte[] sign(PrivateKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String block(String label, byte[] bytes) {
        List<String> lines = new ArrayList<>();
        lines.add("-----BEGIN " + label + "-----");
        lines.add(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
        lines.add("-----END " + label + "-----\n");
        return String.join("\n", lines);
    }
}
