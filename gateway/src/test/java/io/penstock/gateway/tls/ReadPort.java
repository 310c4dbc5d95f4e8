package io.penstock.gateway.tls;

import io.penstock.model.Tls;

/** Ports for tests of those that have some. */
public final class ReadPort {
    private ReadPort() {}

    /** A port whose files are read. */
    public static TlsPort of(Tls tls) throws TlsException {
        TlsPort port = new TlsPort("tls", tls);
        port.read();
        return port;
    }
}
