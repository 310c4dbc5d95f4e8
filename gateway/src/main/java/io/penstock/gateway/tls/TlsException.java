package io.penstock.gateway.tls;

/** Files of a port's TLS that do not do; the message begins with the key that names the file. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
