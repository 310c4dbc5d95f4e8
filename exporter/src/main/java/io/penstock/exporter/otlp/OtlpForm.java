package io.penstock.exporter.otlp;

import io.penstock.exporter.record.BatchDecoder;
import io.penstock.exporter.record.BatchForm;
import io.penstock.exporter.record.Encoding;

/** The three encodings of OTLP. Threading: any thread. */
public final class OtlpForm implements BatchForm {

    @Override
    public boolean knows(Encoding encoding) {
        return encoding.isOtlp();
    }

    @Override
    public BatchDecoder decoder(Encoding encoding) {
        return new OtlpDecoder(Signals.request(encoding));
    }

    @Override
    public Scan scan(Encoding encoding, int maxRecordBytes) {
        return new OtlpScan(Signals.request(encoding), maxRecordBytes);
    }
}
