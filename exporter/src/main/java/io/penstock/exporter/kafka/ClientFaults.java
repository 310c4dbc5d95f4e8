package io.penstock.exporter.kafka;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Errors of Kafka's clients in a person's words.
 *
 * <p>Threading: any thread.
 */
public final class ClientFaults {
    /** How deep causes are looked at. */
    private static final int MAX_DEPTH = 8;

    private ClientFaults() {}

    /** A few words, with the innermost cause, and the key that a person should look at if any. */
    public static String why(Throwable fault) {
        Throwable inner = fault;
        String key = "";
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            key = key.isEmpty() ? key(inner) : key;
            Throwable next = inner.getCause();
            if (next == null) {
                break;
            }
            inner = next;
        }
        return key + words(inner);
    }

    private static String words(Throwable fault) {
        boolean wrapped =
                fault instanceof ExecutionException
                        || fault instanceof CompletionException
                        || fault.getClass() == KafkaException.class;
        String message = String.valueOf(fault.getMessage());
        return wrapped ? message : fault.getClass().getSimpleName() + ": " + message;
    }

    /** The one of the user's settings that such an error is about, as a beginning of a sentence. */
    private static String key(Throwable fault) {
        if (fault instanceof UnsupportedSaslMechanismException) {
            return "properties.sasl.mechanism is none that the brokers know: ";
        } else if (fault instanceof SaslAuthenticationException) {
            return "properties.sasl.jaas.config is refused by the brokers: ";
        } else if (fault instanceof SslAuthenticationException) {
            return "properties.ssl.* (security.protocol, the truststore, the keystore) do not fit the"
                    + " brokers: ";
        }
        return fault instanceof AuthorizationException
                ? "the user of properties.sasl.jaas.config may not do this: "
                : "";
    }
}
