package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.web.WebClient;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands deliveries on by OTLP. Threading: confined to one event loop. */
final class OtlpSink implements Sink {
    private final WebClient client;
    private final OtlpRequests requests;
    private final OtlpCall call;
    private @Nullable Future<Void> closing;

    OtlpSink(WebClient client, OtlpRequests requests, OtlpCall call) {
        this.client = client;
        this.requests = requests;
        this.call = call;
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        if (closing != null) {
            return Future.succeededFuture(Outcome.CLOSED);
        }
        List<OtlpRequest> made;
        try {
            made = requests.of(delivery);
        } catch (MalformedBatchException malformed) {
            return Future.succeededFuture(
                    new Outcome.Rejected(String.valueOf(malformed.getMessage())));
        } catch (IOException impossible) {
            return Future.failedFuture(impossible);
        }
        if (made.isEmpty()) {
            return Future.succeededFuture(new Outcome.Rejected(requests.fault()));
        }
        List<Future<Outcome>> sent = new ArrayList<>();
        made.forEach(request -> sent.add(call.send(request, delivery)));
        return Future.join(sent).map(all -> new Outcomes(made, all.<Outcome>list()).joined());
    }

    @Override
    public Future<Void> close() {
        Future<Void> end = closing;
        if (end == null) {
            requests.close();
            end = client.close();
            closing = end;
        }
        return end;
    }
}
