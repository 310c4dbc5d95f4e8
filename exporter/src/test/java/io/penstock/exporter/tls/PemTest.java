package io.penstock.exporter.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in all the forms that openssl writes. */
class PemTest {
    /** SEQUENCE, version, algorithm, and the head of the OCTET STRING, of a key of 2048 bits. */
    private static final int HEAD_OF_RSA_2048 = 26;

    private static PrivateKey make(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPrivate();
    }

    private static byte[] pem(String label, byte[] der) {
        String text = Base64.getMimeEncoder().encodeToString(der);
        return ("before\n-----BEGIN "
                        + label
                        + "-----\r\n"
                        + text
                        + "\r\n-----END "
                        + label
                        + "-----")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096})
    void readsRsaInBothForms(int bits) throws GeneralSecurityException {
        PrivateKey key = make("RSA", bits);
        assertThat(Pem.privateKey(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
        assertThat(Pem.privateKey(Pem.text(key))).isEqualTo(key);
        if (bits >= 2048) {
            byte[] encoded = key.getEncoded();
            byte[] inner = Arrays.copyOfRange(encoded, HEAD_OF_RSA_2048, encoded.length);
            assertThat(Pem.privateKey(pem("RSA PRIVATE KEY", inner))).isEqualTo(key);
        }
    }

    @Test
    void readsEcBehindTheParametersThatOpensslWritesFirst() throws GeneralSecurityException {
        PrivateKey key = make("EC", 256);
        assertThat(Pem.privateKey(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(pem("EC PARAMETERS", HexFormat.of().parseHex("06082a8648ce3d030107")));
        text.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(pem("EC PRIVATE KEY", sec1((ECPrivateKey) key)));
        ECPrivateKey read = (ECPrivateKey) Pem.privateKey(text.toByteArray());
        assertThat(read.getS()).isEqualTo(((ECPrivateKey) key).getS());
        assertThat(read.getParams()).isEqualTo(((ECPrivateKey) key).getParams());
    }

    /** SEQUENCE { 1, OCTET STRING number, [0] prime256v1 }. */
    private static byte[] sec1(ECPrivateKey key) {
        byte[] padded = new byte[32];
        byte[] number = key.getS().toByteArray();
        int length = Math.min(number.length, padded.length);
        System.arraycopy(number, number.length - length, padded, padded.length - length, length);
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.writeBytes(HexFormat.of().parseHex("30310201010420"));
        der.writeBytes(padded);
        der.writeBytes(HexFormat.of().parseHex("a00a06082a8648ce3d030107"));
        return der.toByteArray();
    }

    @Test
    void saysWhatIsWrong() throws GeneralSecurityException {
        byte[] key = make("EC", 256).getEncoded();
        String locked =
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n"
                        + "-----END RSA PRIVATE KEY-----";
        assertThatThrownBy(() -> Pem.privateKey(locked.getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("passphrase");
        assertThatThrownBy(() -> Pem.privateKey(pem("CERTIFICATE", key)))
                .hasMessageContaining("no private key");
        assertThatThrownBy(() -> Pem.privateKey(pem("PRIVATE KEY", new byte[] {1, 2, 3})))
                .hasMessageContaining("neither RSA nor EC");
        assertThatThrownBy(() -> Pem.certificates(pem("PRIVATE KEY", key)))
                .hasMessageContaining("no certificate");
    }

    /** Whatever stands there, it is a fault in words and nothing else. */
    @Test
    void noBytesHarm() throws GeneralSecurityException {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("PemTest: -Dpenstock.seed=" + seed);
        Random random = new Random(seed);
        byte[] good = sec1((ECPrivateKey) make("EC", 256));
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            String label = i % 2 == 0 ? "EC PRIVATE KEY" : "RSA PRIVATE KEY";
            try {
                Pem.privateKey(pem(label, bad));
            } catch (GeneralSecurityException inWords) {
                assertThat(inWords.getMessage()).isNotEmpty();
            }
        }
    }
}
