package io.penstock.exporter.sink.otlp;

/** How OTLP is carried. */
public enum OtlpProtocol {
    /** Over HTTP/2, as calls of the collector services. */
    GRPC,
    /** As POST requests with protobuf, over HTTP/1.1, or HTTP/2 where TLS negotiates it. */
    HTTP
}
