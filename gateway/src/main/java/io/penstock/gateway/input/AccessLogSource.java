package io.penstock.gateway.input;

import io.penstock.client.Batch;
import io.penstock.client.Form;
import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.accesslog.MalformedLine;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.gateway.accesslog.AccessLogReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lines of an access log as native batches. */
public final class AccessLogSource implements BatchSource {
    private final AccessLogReader reader;
    private final BatchLimit limit;
    private final BatchBuilder batch = new BatchBuilder();
    private long malformed;

    /**
     * Lines of a stream.
     *
     * @param complaints hears of every line that is left out
     */
    public AccessLogSource(
            InputStream in, AccessLogFormat format, BatchLimit limit, Consumer<String> complaints) {
        this.limit = limit;
        this.reader = new AccessLogReader(in, format, fault -> complain(fault, complaints));
        AccessLogField.announce(batch);
    }

    private void complain(MalformedLine fault, Consumer<String> complaints) {
        malformed++;
        complaints.accept(fault.toString());
    }

    @Override
    public @Nullable Batch next() throws IOException {
        batch.clear();
        return reader.fill(batch, limit.records(), limit.bytes())
                ? new Batch(Form.NATIVE, batch.build(), batch.records())
                : null;
    }

    @Override
    public long malformed() {
        return malformed;
    }
}
