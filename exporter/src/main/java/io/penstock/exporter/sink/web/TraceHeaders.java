package io.penstock.exporter.sink.web;

import io.penstock.exporter.sink.Delivery;
import io.penstock.model.TraceParent;
import io.vertx.core.http.RequestOptions;

/** Hands a delivery's place in a trace on, as W3C Trace Context has it. Threading: any thread. */
public final class TraceHeaders {
    private TraceHeaders() {}

    /**
     * Adds the headers, where the delivery is traced.
     *
     * @param request of this delivery alone
     * @return the same
     */
    public static RequestOptions add(RequestOptions request, Delivery delivery) {
        TraceParent trace = delivery.trace();
        if (trace != null) {
            request.putHeader(TraceParent.HEADER, trace.header());
            if (!trace.state().isEmpty()) {
                request.putHeader(TraceParent.STATE_HEADER, trace.state());
            }
        }
        return request;
    }
}
