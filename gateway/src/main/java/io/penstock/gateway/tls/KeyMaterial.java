package io.penstock.gateway.tls;

import io.penstock.exporter.tls.Pem;
import io.penstock.model.Tls;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a port held at one moment, found to fit together.
 *
 * <p>Threading: immutable; {@link #read} blocks.
 *
 * @param certificates PEM, the port's own first
 * @param key PEM, PKCS #8
 * @param authorities PEM; null where clients are not asked
 * @param own the port's own
 */
record KeyMaterial(
        Buffer certificates, Buffer key, @Nullable Buffer authorities, X509Certificate own) {

    /**
     * Reads and checks the files.
     *
     * @param section where the keys stand, as {@code ingress.tls}
     */
    static KeyMaterial read(String section, Tls tls) throws TlsException {
        byte[] certificates = file(section + ".cert_file", tls.certFile());
        X509Certificate own = first(section + ".cert_file", tls.certFile(), certificates);
        PrivateKey key = key(section + ".key_file", tls, own);
        Buffer authorities = null;
        if (!tls.caFile().isEmpty()) {
            byte[] trusted = file(section + ".ca_file", tls.caFile());
            first(section + ".ca_file", tls.caFile(), trusted);
            authorities = Buffer.buffer(trusted);
        }
        return new KeyMaterial(
                Buffer.buffer(certificates), Buffer.buffer(Pem.text(key)), authorities, own);
    }

    private static byte[] file(String key, String file) throws TlsException {
        try {
            return Pem.read(Path.of(file));
        } catch (GeneralSecurityException unreadable) {
            throw fault(key, file, unreadable);
        }
    }

    private static X509Certificate first(String key, String file, byte[] text) throws TlsException {
        try {
            return Pem.certificates(text).get(0);
        } catch (GeneralSecurityException faulty) {
            throw fault(key, file, faulty);
        }
    }

    private static PrivateKey key(String setting, Tls tls, X509Certificate own)
            throws TlsException {
        byte[] text = file(setting, tls.keyFile());
        try {
            PrivateKey key = Pem.privateKey(text);
            if (!Pem.fits(key, own)) {
                throw new GeneralSecurityException(
                        "is not the key of the certificate that is first in " + tls.certFile());
            }
            return key;
        } catch (GeneralSecurityException faulty) {
            throw fault(setting, tls.keyFile(), faulty);
        }
    }

    private static TlsException fault(String key, String file, GeneralSecurityException cause) {
        return new TlsException(key + ": " + file + ": " + cause.getMessage(), cause);
    }

    PemKeyCertOptions keyCertOptions() {
        return new PemKeyCertOptions().setCertValue(certificates).setKeyValue(key);
    }

    @Nullable PemTrustOptions trustOptions() {
        return authorities == null ? null : new PemTrustOptions().addCertValue(authorities);
    }

    Instant ends() {
        return own.getNotAfter().toInstant();
    }

    /** What is odd about it at a moment, for a log; empty when nothing is. */
    String warning(Instant now) {
        if (now.isAfter(ends())) {
            return "the certificate has expired, at " + ends() + "; clients will refuse it";
        }
        Instant begins = own.getNotBefore().toInstant();
        return now.isBefore(begins) ? "the certificate holds only from " + begins + " on" : "";
    }

    @Override
    public String toString() {
        return own.getSubjectX500Principal() + ", valid to " + ends(); // never the key
    }
}
