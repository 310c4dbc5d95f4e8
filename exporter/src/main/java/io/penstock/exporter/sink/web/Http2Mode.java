package io.penstock.exporter.sink.web;

/** When HTTP/2 is spoken. */
public enum Http2Mode {
    /** Where TLS negotiates it (ALPN); HTTP/1.1 without TLS. */
    AUTO,
    /** Never. */
    OFF,
    /** Without TLS too, from the first byte on: the server must be known to speak it. */
    PRIOR_KNOWLEDGE
}
