package io.penstock.exporter.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and keys as texts between {@code -----BEGIN} and {@code -----END} (RFC 7468). Keys
 * may be PKCS #8 ({@code PRIVATE KEY}, RFC 5208), PKCS #1 ({@code RSA PRIVATE KEY}, RFC 8017) or
 * SEC 1 ({@code EC PRIVATE KEY}, RFC 5915).
 *
 * <p>Every fault is a {@link GeneralSecurityException} whose message reads on behind a file's name.
 *
 * <p>Threading: any thread.
 */
public final class Pem {
    /** Longest file that is read; a chain has a few KiB. */
    public static final int MAX_BYTES = 1 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";
    private static final int LINE = 64;

    /** What is signed to see whether a key fits; any bytes do. */
    private static final byte[] PROBE = "penstock".getBytes(StandardCharsets.US_ASCII);

    private Pem() {}

    private record Block(String label, String text) {
        byte[] bytes() throws GeneralSecurityException {
            try {
                return Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException garbled) {
                throw new GeneralSecurityException("is garbled: " + garbled.getMessage(), garbled);
            }
        }
    }

    /**
     * Reads a file whole.
     *
     * @throws GeneralSecurityException when that fails or it is longer than {@link #MAX_BYTES}
     */
    public static byte[] read(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new GeneralSecurityException("is longer than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException missing) {
            throw new GeneralSecurityException("there is no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new GeneralSecurityException("may not be read by this user", denied);
        } catch (IOException failed) {
            throw new GeneralSecurityException("cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** All certificates of a text, at least one. */
    public static List<X509Certificate> certificates(byte[] text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.label().endsWith("CERTIFICATE")) {
                InputStream der = new ByteArrayInputStream(block.bytes());
                found.add((X509Certificate) factory.generateCertificate(der));
            }
        }
        if (found.isEmpty()) {
            throw new GeneralSecurityException("holds no certificate in PEM form");
        }
        return found;
    }

    /** The first private key of a text. */
    public static PrivateKey privateKey(byte[] text) throws GeneralSecurityException {
        boolean encrypted = false;
        for (Block block : blocks(text)) {
            boolean locked = block.text().contains("ENCRYPTED");
            encrypted |= locked || block.label().equals("ENCRYPTED " + PKCS8);
            Optional<byte[]> key = locked ? Optional.empty() : pkcs8(block);
            if (key.isPresent()) {
                return privateKeyOf(key.get());
            }
        }
        throw new GeneralSecurityException(
                encrypted
                        ? "holds a key with a passphrase; take that off"
                        : "holds no private key in PEM form");
    }

    private static Optional<byte[]> pkcs8(Block block) throws GeneralSecurityException {
        return switch (block.label()) {
            case PKCS8 -> Optional.of(block.bytes());
            case PKCS1 -> Optional.of(KeyWrap.ofPkcs1(block.bytes()));
            case SEC1 -> Optional.of(KeyWrap.ofSec1(block.bytes()));
            default -> Optional.empty();
        };
    }

    private static PrivateKey privateKeyOf(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (InvalidKeySpecException notRsa) {
            try {
                return KeyFactory.getInstance("EC").generatePrivate(spec);
            } catch (InvalidKeySpecException norEc) {
                throw new GeneralSecurityException("holds a key that is neither RSA nor EC", norEc);
            }
        }
    }

    /** Whether a private key belongs to the public one of a certificate. */
    public static boolean fits(PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException {
        PublicKey shown = certificate.getPublicKey();
        if (!shown.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(shown);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    /** A key as a text, in the form that every library reads (PKCS #8). */
    public static byte[] text(PrivateKey key) {
        String lines =
                Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return ("-----BEGIN " + PKCS8 + "-----\n" + lines + "\n-----END " + PKCS8 + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static List<Block> blocks(byte[] text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
