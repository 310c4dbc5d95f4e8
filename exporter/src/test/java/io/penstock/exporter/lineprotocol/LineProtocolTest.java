package io.penstock.exporter.lineprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineProtocolTest {
    private final NamedBatches batches =
            new NamedBatches(new NamedBatches.Limits(64 << 10, 1 << 20, 8));

    private String read(Precision precision, String text) {
        LineProtocol lines = new LineProtocol(precision, batches);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        lines.read(utf8, 0, utf8.length);
        WriteBuffer out = new WriteBuffer(1024);
        for (byte[] batch : batches.finish()) {
            new RecordReader()
                    .wrap(Encoding.NDJSON, batch, 0, batch.length, 0)
                    .read(new NdjsonWriter(out, NdjsonWriter.NO_TIME_KEY));
        }
        lines.faults().forEach(fault -> out.put(fault.line() + ":" + fault.column() + " "));
        return out.toString().replace("\n", " ").strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "m f=1 | {\"measurement\":\"m\",\"f\":1.0}",
                "m f=1i | {\"measurement\":\"m\",\"f\":1}",
                "m f=-0.5e+2 | {\"measurement\":\"m\",\"f\":-50.0}",
                "m f=FALSE,g=T | {\"measurement\":\"m\",\"f\":false,\"g\":true}",
                "m f=\"\" | {\"measurement\":\"m\",\"f\":\"\"}",
                "m f=\"a,b =c\" | {\"measurement\":\"m\",\"f\":\"a,b =c\"}",
                "m\\,1\\ x,t\\=1=a\\ b f\\ 1=1i | "
                        + "{\"measurement\":\"m,1 x\",\"t=1\":\"a b\",\"f 1\":1}",
                "m,t=a\\b f=1i | {\"measurement\":\"m\",\"t\":\"a\\\\b\",\"f\":1}",
                "m,t=\"q\" f=1i | {\"measurement\":\"m\",\"t\":\"\\\"q\\\"\",\"f\":1}",
                "m,f=a f=1i | {\"measurement\":\"m\",\"f\":\"a\",\"f_1\":1}",
                "m   f=1i   5   | {\"time\":\"1970-01-01T00:00:00.000000005Z\",\"measurement\":\"m\",\"f\":1}",
                "m f=1i,f=2i | {\"measurement\":\"m\",\"f\":1,\"f_1\":2}",
                "# m f=1 | ``",
            })
    void aLineIsARecord(String line, String record) {
        assertThat(read(Precision.NANOS, line)).isEqualTo(record);
    }

    @ParameterizedTest
    @CsvSource({
        "m f=1 -",
        "m f=1u-",
        "m f=+1u",
        "m f=0x10",
        "m f=1e",
        "m f=.",
        "m f=1 1 1",
        "'m f=1,'",
        "'m, f=1'",
        "'m,t f=1'",
        "m f",
        "m f=tru",
        "m f=1d"
    })
    void whatIsNoLineIsAFault(String line) {
        assertThat(read(Precision.NANOS, line)).startsWith("1:");
    }

    @Test
    void faultsAreCountedAndTheFirstTenAreKept() {
        LineProtocol lines = new LineProtocol(Precision.SECONDS, batches);
        byte[] utf8 = "bad\nm f=1\r\n".repeat(30).getBytes(StandardCharsets.UTF_8);
        lines.read(utf8, 0, utf8.length);
        assertThat(lines.bad()).isEqualTo(30);
        assertThat(lines.records()).isEqualTo(30);
        assertThat(lines.faults()).hasSize(10);
        assertThat(lines.faults().get(9).line()).isEqualTo(19);
    }

    @Test
    void aQuoteWithoutEndTakesTheRestAndNamesItsPlace() {
        assertThat(read(Precision.NANOS, "m f=\"a\nb f=1\n")).isEqualTo("1:5");
    }
}
