package io.penstock.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.JsonWriter;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.transform.TransformStep;
import io.penstock.exporter.transform.Transforms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every example of docs/transforms.md: a block of steps, one of records, one of what leaves.
 */
class TransformsPageTest {
    private static final Path PAGE = Path.of("../docs/transforms.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final long ARRIVED_MS = Instant.parse("2026-11-22T06:30:00Z").toEpochMilli();

    /** Every step has an example of its own, and there is one of them all. */
    private static final int LEAST_EXAMPLES = 10;

    private record Block(String language, String text) {}

    private record Example(String steps, Block before, String after) {
        @Override
        public String toString() {
            return steps.lines().findFirst().orElse("");
        }
    }

    static List<Example> examples() {
        List<Block> blocks = new ArrayList<>();
        try {
            Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
            while (matcher.find()) {
                blocks.add(new Block(matcher.group(1), matcher.group(2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i + 2 < blocks.size(); i += 3) {
            assertThat(blocks.get(i).language()).as("block %d", i).isEqualTo("yaml");
            examples.add(
                    new Example(blocks.get(i).text(), blocks.get(i + 1), blocks.get(i + 2).text()));
        }
        assertThat(blocks).hasSize(3 * examples.size());
        return examples;
    }

    @Test
    void thereIsAnExampleOfEveryStep() {
        assertThat(examples()).hasSizeGreaterThanOrEqualTo(LEAST_EXAMPLES);
        String all = String.join("\n", examples().stream().map(Example::steps).toList());
        for (String key : SettingKeys.ofRecord(TransformStep.class)) {
            assertThat(all).contains("- " + key + ":");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExampleIsTrue(Example example) throws ConfigException {
        ConfigLoader loader = new ConfigLoader(TestSinks.registry(), name -> null);
        String config =
                "exports:\n- name: x\n  repo: x\n  sink: {type: blackhole}\n  transforms:\n"
                        + example.steps().indent(2);
        List<TransformStep> steps = loader.parse("page", config).exports().get(0).transforms();
        Encoding encoding =
                example.before().language().equals("text") ? Encoding.TEXT : Encoding.NDJSON;
        byte[] body = example.before().text().getBytes(StandardCharsets.UTF_8);
        WriteBuffer out = new WriteBuffer(1024);
        boolean showsTime = example.after().contains("\"time\"");
        NdjsonWriter writer =
                new NdjsonWriter(out, showsTime ? JsonWriter.TIME_KEY : JsonWriter.NO_TIME_KEY);

        new RecordReader()
                .wrap(encoding, body, 0, body.length, ARRIVED_MS)
                .read(Transforms.compile(steps).into(writer));

        assertThat(out.toString()).isEqualTo(example.after());
    }
}
