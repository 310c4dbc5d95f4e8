package io.penstock.exporter.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a broker lets clients in: anybody, or those who know a password, over TLS with a certificate
 * that the JDK's keytool makes for the test.
 *
 * @param protocol of the clients' listener
 * @param brokerSettings lines of the broker's configuration
 * @param clientProperties what a client sets
 */
record BrokerSecurity(
        String protocol, String brokerSettings, Map<String, String> clientProperties) {

    static final BrokerSecurity NONE = new BrokerSecurity("PLAINTEXT", "", Map.of());

    static final String USER = "penstock";
    private static final String PASSWORD = "open sesame";
    private static final String STORE_PASSWORD = "changeit";
    private static final String MODULE =
            "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final int KEYTOOL_SECONDS = 30;

    /** SASL_SSL with PLAIN, for one user. */
    static BrokerSecurity saslSsl(Path directory) throws IOException, InterruptedException {
        Path keys = directory.resolve("keys.p12");
        Path certificate = directory.resolve("certificate.pem");
        keytool(
                List.of(
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=broker",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-keystore",
                        keys.toString()));
        keytool(
                List.of(
                        "-exportcert",
                        "-rfc",
                        "-file",
                        certificate.toString(),
                        "-keystore",
                        keys.toString()));
        String settings =
                """
                sasl.enabled.mechanisms=PLAIN
                listener.name.client.plain.sasl.jaas.config=%s user_%s="%s";
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%s
                ssl.keystore.password=%s
                """
                        .formatted(MODULE, USER, PASSWORD, keys, STORE_PASSWORD);
        return new BrokerSecurity(
                "SASL_SSL",
                settings,
                Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        login(PASSWORD),
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        certificate.toString()));
    }

    /** A client's side of it. */
    static String login(String password) {
        return MODULE + " username=\"" + USER + "\" password=\"" + password + "\";";
    }

    private static void keytool(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-alias", "broker", "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", STORE_PASSWORD));
        Path output = Files.createTempFile("keytool", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(output));
        }
        Files.delete(output);
    }
}
