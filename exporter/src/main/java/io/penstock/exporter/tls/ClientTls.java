package io.penstock.exporter.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a client speaks TLS. TLS 1.2 and 1.3; the name in the URL must stand in the server's
 * certificate unless {@code trustAll}. Methods read the files: they block, and throw {@link
 * IllegalArgumentException} with the key first.
 *
 * <p>Threading: immutable.
 *
 * @param caFile PEM file of certificates to trust instead of the platform's; empty for none
 * @param certFile PEM file with the certificate that this side shows, and those behind it; empty
 *     for none
 * @param keyFile PEM file with its key
 * @param trustAll whether any certificate of the server is taken
 */
public record ClientTls(String caFile, String certFile, String keyFile, boolean trustAll) {

    /** Trusts whom the platform trusts, and shows nothing. */
    public static final ClientTls PLATFORM = new ClientTls("", "", "", false);

    private static final Set<String> PROTOCOLS = new TreeSet<>(Set.of("TLSv1.2", "TLSv1.3"));
    private static final char[] NO_PASSWORD = new char[0];

    /** Checks what goes with what. */
    public ClientTls {
        if (trustAll && !caFile.isEmpty()) {
            throw new IllegalArgumentException("ca_file: has no effect with trust_all");
        }
        if (certFile.isEmpty() != keyFile.isEmpty()) {
            throw new IllegalArgumentException("key_file: goes with cert_file");
        }
    }

    /** Has a client of Vert.x speak TLS, by OpenSSL where that loads. ALPN is the caller's. */
    public HttpClientOptions apply(HttpClientOptions options) {
        options.setSsl(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setTrustAll(trustAll)
                .setVerifyHost(!trustAll);
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
        if (!caFile.isEmpty()) {
            authorities();
            options.setTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(read("ca_file", caFile))));
        }
        if (!certFile.isEmpty()) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions()
                            .setCertValue(Buffer.buffer(read("cert_file", certFile)))
                            .setKeyValue(Buffer.buffer(Pem.text(identity().key()))));
        }
        return options;
    }

    /** The same for clients of the JDK. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** Whom to trust, for clients that ask so; the platform's where no file is given. */
    public TrustManager[] trustManagers() {
        if (trustAll) {
            return new TrustManager[] {new TrustAnybody()};
        }
        try {
            KeyStore anchors = null;
            if (!caFile.isEmpty()) {
                anchors = emptyStore();
                for (X509Certificate authority : authorities()) {
                    anchors.setCertificateEntry(String.valueOf(anchors.size()), authority);
                }
            }
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(anchors);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private KeyManager[] keyManagers() {
        if (certFile.isEmpty()) {
            return new KeyManager[0];
        }
        Identity identity = identity();
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(
                    "own",
                    identity.key(),
                    NO_PASSWORD,
                    identity.chain().toArray(new X509Certificate[0]));
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private List<X509Certificate> authorities() {
        try {
            return Pem.certificates(read("ca_file", caFile));
        } catch (GeneralSecurityException faulty) {
            throw fault("ca_file", caFile, faulty);
        }
    }

    private record Identity(List<X509Certificate> chain, PrivateKey key) {}

    private Identity identity() {
        List<X509Certificate> chain;
        try {
            chain = Pem.certificates(read("cert_file", certFile));
        } catch (GeneralSecurityException faulty) {
            throw fault("cert_file", certFile, faulty);
        }
        try {
            PrivateKey key = Pem.privateKey(read("key_file", keyFile));
            if (!Pem.fits(key, chain.get(0))) {
                throw new GeneralSecurityException("is not the key of the first in " + certFile);
            }
            return new Identity(chain, key);
        } catch (GeneralSecurityException faulty) {
            throw fault("key_file", keyFile, faulty);
        }
    }

    private static byte[] read(String key, String file) {
        try {
            return Pem.read(Path.of(file));
        } catch (GeneralSecurityException unreadable) {
            throw fault(key, file, unreadable);
        }
    }

    private static IllegalArgumentException fault(
            String key, String file, GeneralSecurityException cause) {
        return new IllegalArgumentException(key + ": " + file + ": " + cause.getMessage(), cause);
    }
}
