package io.penstock.gateway.door.bulk;

import io.penstock.exporter.bulk.BulkAction;
import io.penstock.exporter.bulk.BulkBody;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.gateway.door.DoorDialect;
import io.penstock.gateway.door.DoorRequest;
import io.penstock.gateway.door.Fates;
import io.penstock.gateway.door.Part;
import io.penstock.gateway.door.Reading;
import io.penstock.gateway.door.RepoNames;
import io.penstock.gateway.http.JsonAnswers;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import io.penstock.model.RepoName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One body of {@code _bulk}. Documents go into one NDJSON batch per repo; each item is answered by
 * what became of its batch, or of itself.
 *
 * <p>Threading: read on a worker thread, then confined to the event loop.
 */
final class BulkRequest implements DoorRequest {
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int OK = 200;
    private static final int ITEM_CHARS = 192;

    private final Lane lane;
    private final BulkDoorConfig config;
    private final RepoNames names;
    private final String index;
    private final @Nullable String repo;
    private final long beganNs = System.nanoTime();

    private final List<Item> items = new ArrayList<>();
    private final Map<String, Batch> batches = new LinkedHashMap<>();

    /** The documents of one repo. */
    private record Batch(int part, WriteBuffer lines) {}

    /**
     * One item of the answer.
     *
     * @param part which batch has its document, or -1
     * @param type of the error, where the item itself has one
     */
    private record Item(BulkAction action, int part, String type, String reason) {}

    BulkRequest(
            Lane lane,
            BulkDoorConfig config,
            RepoNames names,
            String index,
            @Nullable String repo) {
        this.lane = lane;
        this.config = config;
        this.names = names;
        this.index = index;
        this.repo = repo;
    }

    @Override
    public Reading read(byte[] body, int length) {
        BulkBody bulk = new BulkBody(lane.node().config().maxRecordBytes());
        String fault = bulk.read(body, 0, length, index);
        if (fault != null) {
            FaultKind kind = bulk.tooLarge() ? FaultKind.TOO_LARGE : FaultKind.MALFORMED;
            return Reading.refused(Fault.of(kind, fault));
        }
        for (BulkAction action : bulk.actions()) {
            items.add(item(action, body));
        }
        List<Part> parts = new ArrayList<>();
        batches.forEach(
                (name, batch) ->
                        parts.add(
                                new Part(
                                        name,
                                        Encoding.NDJSON,
                                        batch.lines().array(),
                                        batch.lines().length())));
        return Reading.of(parts);
    }

    private Item item(BulkAction action, byte[] body) {
        if (!action.op().staged()) {
            return failed(
                    action,
                    "illegal_argument_exception",
                    action.op().word() + " is not supported: what is staged is not changed");
        }
        if (action.fault() != null) {
            return failed(action, "document_parsing_exception", action.fault());
        }
        String name = repo == null ? names.of(action.index()) : repo;
        if (name.isEmpty()) {
            return failed(action, "action_request_validation_exception", "index is missing");
        }
        Batch batch = batches.get(name);
        if (batch == null) {
            String bad = RepoName.fault(name);
            if (!bad.isEmpty()) {
                return failed(action, "invalid_index_name_exception", bad);
            }
            if (batches.size() == DoorDialect.MAX_PARTS) {
                return failed(
                        action,
                        "illegal_argument_exception",
                        "the request goes to over " + DoorDialect.MAX_PARTS + " repos");
            }
            batch = new Batch(batches.size(), new WriteBuffer(body.length / 4));
            batches.put(name, batch);
        }
        write(action, body, batch.lines());
        return new Item(action, batch.part(), "", "");
    }

    private static Item failed(BulkAction action, String type, String reason) {
        return new Item(action, -1, type, reason);
    }

    /** The document as it came, its id in front where that is wished. */
    private void write(BulkAction action, byte[] body, WriteBuffer lines) {
        int start = action.start();
        if (!config.idField().isEmpty() && !action.id().isEmpty()) {
            StringBuilder id = new StringBuilder("{\"").append(config.idField()).append("\":\"");
            JsonAnswers.escaped(action.id(), id);
            lines.put(id.append(action.isEmpty() ? "\"" : "\",").toString());
            start++;
        }
        lines.put(body, start, action.end() - start);
        lines.put((byte) '\n');
    }

    @Override
    public void answer(HttpServerRequest request, Fates fates) {
        StringBuilder json = new StringBuilder(64 + items.size() * ITEM_CHARS);
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        Fault refused = fates.first();
        if (refused != null) {
            lane.node().http().fault(refused.kind());
        }
        boolean errors = false;
        for (Item item : items) {
            errors |= item.part() < 0 || fates.of(item.part()) != null;
        }
        json.append("{\"took\":").append(tookMs).append(",\"errors\":").append(errors);
        json.append(",\"items\":[");
        String ids = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
        for (int i = 0; i < items.size(); i++) {
            json.append(i == 0 ? "" : ",");
            write(json, items.get(i), fates, ids + i);
        }
        BulkAnswers.send(request, OK, Buffer.buffer(json.append("]}").toString()));
    }

    private static void write(StringBuilder json, Item item, Fates fates, String made) {
        BulkAction action = item.action();
        json.append("{\"").append(action.op().word()).append("\":{\"_index\":\"");
        JsonAnswers.escaped(action.index(), json);
        json.append("\",\"_id\":\"");
        JsonAnswers.escaped(action.id().isEmpty() ? made : action.id(), json);
        Fault fault = item.part() < 0 ? null : fates.of(item.part());
        if (item.part() < 0) {
            json.append("\",\"status\":").append(BAD_REQUEST).append(",\"error\":");
            BulkAnswers.error(json, item.type(), item.reason());
        } else if (fault != null) {
            json.append("\",\"status\":").append(BulkAnswers.status(fault.kind()));
            json.append(",\"error\":");
            BulkAnswers.error(json, BulkAnswers.type(fault.kind()), fault.message());
        } else {
            json.append("\",\"_version\":1,\"result\":\"created\",\"_shards\":{\"total\":1,");
            json.append("\"successful\":1,\"failed\":0},\"_seq_no\":0,\"_primary_term\":1,");
            json.append("\"status\":").append(CREATED);
        }
        json.append("}}");
    }

    @Override
    public void refuse(HttpServerRequest request, Fault fault) {
        BulkAnswers.refuse(lane, request, fault);
    }
}
