package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;

/** What ends a {@link PushCall}, apart from what is wrong with a batch. */
final class CallFaults {
    static final Fault NO_ENCODING =
            Fault.of(
                    FaultKind.BAD_FRAMING,
                    "message is marked as compressed, but the call names no grpc-encoding");

    static final Fault TIMEOUT =
            Fault.of(FaultKind.ACK_TIMEOUT, "the call's grpc-timeout has passed");

    static final Fault AGED =
            new Fault(
                    FaultKind.UNAVAILABLE,
                    "the connection is old: go on with another",
                    Fault.NOWHERE,
                    0);

    private CallFaults() {}

    static Fault none(Method method) {
        return Fault.of(FaultKind.BAD_FRAMING, method.name() + " takes one request, none came");
    }

    static Fault second(Method method) {
        return Fault.of(
                FaultKind.BAD_FRAMING, method.name() + " takes one request, a second one came");
    }

    static Fault stalled(long patienceMs) {
        return Fault.of(FaultKind.STALLED, "nothing of the request came for " + patienceMs + " ms");
    }
}
