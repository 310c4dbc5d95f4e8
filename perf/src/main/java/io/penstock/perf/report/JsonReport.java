package io.penstock.perf.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a report as JSON: {@code {"host": {...}, "runs": [{"transport", "batch", "ack", "sink",
 * "gateway": {...}, "floor": {...}, "ratio": {"throughput", "cpuPerGb", "requests"}}]}}. Sides hold
 * medians; {@code ranges} beside them holds [least, most] of the rounds.
 */
public final class JsonReport {
    private JsonReport() {}

    /** Writes the file anew. */
    public static void write(Report report, Path file) throws IOException {
        JsonFactory factory = new JsonFactory();
        try (JsonGenerator json = factory.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeObjectFieldStart("host");
            for (Map.Entry<String, Object> fact : report.host().facts().entrySet()) {
                json.writeFieldName(fact.getKey());
                if (fact.getValue() instanceof Integer number) {
                    json.writeNumber(number);
                } else {
                    json.writeString(fact.getValue().toString());
                }
            }
            json.writeEndObject();
            json.writeArrayFieldStart("runs");
            for (RunResult run : report.runs()) {
                run(json, run);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("failures");
            for (String failure : report.failures()) {
                json.writeString(failure);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void run(JsonGenerator json, RunResult run) throws IOException {
        json.writeStartObject();
        json.writeStringField("transport", run.what().transport().word());
        json.writeStringField("batch", run.what().batch().word());
        json.writeStringField("ack", run.what().ack());
        json.writeStringField("sink", run.what().sink());
        json.writeNumberField("rounds", run.gateway().size());
        side(json, "gateway", SideNumbers.median(run.gateway()));
        side(json, "floor", SideNumbers.median(run.floor()));
        json.writeObjectFieldStart("ratio");
        number(json, "throughput", run.ratio(Metric.MB_PER_S));
        number(json, "cpuPerGb", run.ratio(Metric.CPU_S_PER_GB));
        number(json, "requests", run.ratio(Metric.REQUESTS_PER_S));
        json.writeEndObject();
        json.writeObjectFieldStart("ranges");
        ranges(json, "gateway", run.gateway());
        ranges(json, "floor", run.floor());
        json.writeObjectFieldStart("ratio");
        range(json, "throughput", run.roundRatios(Metric.MB_PER_S));
        range(json, "cpuPerGb", run.roundRatios(Metric.CPU_S_PER_GB));
        range(json, "requests", run.roundRatios(Metric.REQUESTS_PER_S));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void side(JsonGenerator json, String name, SideNumbers numbers)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Metric metric : Metric.values()) {
            number(json, metric.key(), numbers.get(metric));
        }
        json.writeEndObject();
    }

    private static void ranges(JsonGenerator json, String name, List<SideNumbers> rounds)
            throws IOException {
        SideNumbers least = SideNumbers.least(rounds);
        SideNumbers most = SideNumbers.most(rounds);
        json.writeObjectFieldStart(name);
        for (Metric metric : Metric.values()) {
            range(json, metric.key(), new double[] {least.get(metric), most.get(metric)});
        }
        json.writeEndObject();
    }

    private static void range(JsonGenerator json, String name, double[] sorted) throws IOException {
        json.writeFieldName(name);
        json.writeArray(rounded(sorted[0], sorted[sorted.length - 1]), 0, 2);
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeNumberField(name, rounded(value, 0)[0]);
    }

    /** Thousandths: the clocks behind the numbers know no more. */
    private static double[] rounded(double... values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = Math.round(values[i] * 1000) / 1000.0;
        }
        return result;
    }
}
