package io.penstock.exporter.sink.grpc;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.proto.ingest.v1.PushRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The records of requests as JSON. */
final class PushedRecords {

    private PushedRecords() {}

    static List<JsonObject> of(PushRequest request) {
        byte[] batch = request.getBatch().toByteArray();
        WriteBuffer json = new WriteBuffer(1024);
        new RecordReader()
                .wrap(Encoding.NATIVE, batch, 0, batch.length, 0)
                .read(new NdjsonWriter(json));
        return json.toString().lines().map(JsonObject::new).toList();
    }
}
