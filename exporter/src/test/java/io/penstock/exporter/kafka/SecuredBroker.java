package io.penstock.exporter.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A broker that asks for a password, over TLS. */
public final class SecuredBroker {
    private SecuredBroker() {}

    /** Started in an empty directory. */
    public static KafkaBroker start(Path directory) throws IOException, InterruptedException {
        return KafkaBroker.start(directory, BrokerSecurity.saslSsl(directory));
    }

    /** What a client sets that has the password wrong. */
    public static Map<String, String> withWrongPassword(KafkaBroker broker) {
        Map<String, String> properties = new HashMap<>(broker.clientProperties());
        properties.put("sasl.jaas.config", BrokerSecurity.login("open barley"));
        return properties;
    }

    /** What a client sets that does not trust the broker's certificate. */
    public static Map<String, String> withoutTruststore(KafkaBroker broker) {
        Map<String, String> properties = new HashMap<>(broker.clientProperties());
        properties.keySet().removeIf(key -> key.startsWith("ssl.truststore"));
        return properties;
    }
}
