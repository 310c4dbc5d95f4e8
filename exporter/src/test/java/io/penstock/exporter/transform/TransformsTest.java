package io.penstock.exporter.transform;

import static io.penstock.exporter.transform.Steps.add;
import static io.penstock.exporter.transform.Steps.drop;
import static io.penstock.exporter.transform.Steps.filter;
import static io.penstock.exporter.transform.Steps.hash;
import static io.penstock.exporter.transform.Steps.keep;
import static io.penstock.exporter.transform.Steps.parse;
import static io.penstock.exporter.transform.Steps.redact;
import static io.penstock.exporter.transform.Steps.rename;
import static io.penstock.exporter.transform.Steps.run;
import static io.penstock.exporter.transform.Steps.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.Row;
import io.penstock.exporter.transform.ParseRule.Format;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransformsTest {

    private static Map<String, @Nullable Object> one(TransformStep step, String json) {
        List<Row> rows = run(List.of(step), json);
        assertThat(rows).hasSize(1);
        return rows.get(0).values();
    }

    @Test
    void filterPassesRecordsForWhichItHolds() {
        List<Row> rows =
                run(
                        List.of(filter("status >= 500 and path =~ '^/a'")),
                        "{\"status\":500,\"path\":\"/a\"}",
                        "{\"status\":499,\"path\":\"/a\"}",
                        "{\"path\":\"/a\",\"status\":503,\"more\":[1]}",
                        "{\"status\":500,\"path\":\"/b\"}");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).values())
                .containsExactly(
                        Map.entry("path", "/a"),
                        Map.entry("status", 503L),
                        Map.entry("more", new Row.Json("[1]")));
    }

    @Test
    void fieldsKeepTheirOrderAndTypes() {
        String json = "{\"z\":1,\"a\":0.5,\"t\":true,\"n\":null,\"s\":\"x\\n\",\"o\":{\"k\":1}}";
        assertThat(run(List.of(filter("a > 0")), json)).isEqualTo(run(List.of(), json));
        assertThat(one(filter("a > 0"), json).keySet())
                .containsExactly("z", "a", "t", "n", "s", "o");
    }

    @Test
    void keepAndDropAreEachOthersOpposite() {
        String json = "{\"a\":1,\"b\":2,\"c\":3}";
        assertThat(one(keep("c", "a", "x"), json).keySet()).containsExactly("a", "c");
        assertThat(one(drop("c", "a", "x"), json).keySet()).containsExactly("b");
        assertThat(one(keep("x"), json)).isEmpty();
    }

    @Test
    void renameTakesThePlaceOfTheOldFieldOrOfTheOneThatWasThere() {
        String json = "{\"a\":1,\"b\":2,\"c\":3}";
        assertThat(one(rename(Map.of("b", "x")), json))
                .containsExactly(Map.entry("a", 1L), Map.entry("x", 2L), Map.entry("c", 3L));
        assertThat(one(rename(Map.of("c", "a")), json))
                .containsExactly(Map.entry("a", 3L), Map.entry("b", 2L));
        assertThat(one(rename(Map.of("missing", "a")), json)).containsEntry("a", 1L);
        assertThat(
                        run(
                                        List.of(
                                                rename(Map.of("a", "x")),
                                                rename(Map.of("b", "a")),
                                                rename(Map.of("x", "b"))),
                                        json)
                                .get(0)
                                .values())
                .containsEntry("a", 2L)
                .containsEntry("b", 1L)
                .hasSize(3);
    }

    @Test
    void redactMasksWholeValuesOrWhatThePatternFinds() {
        String json = "{\"user\":\"ada\",\"n\":5,\"no\":null,\"text\":\"kärt 4111 and 5500 ok\"}";
        assertThat(one(redact("", "***", "user", "n", "no", "missing"), json))
                .containsEntry("user", "***")
                .containsEntry("n", "***")
                .containsEntry("no", null)
                .doesNotContainKey("missing");
        assertThat(one(redact("\\d{4}", "#", "text", "n"), json))
                .containsEntry("text", "kärt # and # ok")
                .containsEntry("n", 5L);
        assertThat(one(redact("zzz", "#", "text"), json))
                .containsEntry("text", "kärt 4111 and 5500 ok");
    }

    @Test
    void redactMasksAllOfATextOnWhichThePatternBacktracksForEver() {
        String json = "{\"text\":\"" + "a".repeat(60) + "c\"}";
        assertThat(one(redact("^(a|aa)+\\1?b$", "#", "text"), json)).containsEntry("text", "#");
    }

    @Test
    void hashIsWhatThePlatformSays() throws Exception {
        String json = "{\"user\":\"äda\",\"n\":-5,\"d\":0.25,\"t\":true,\"no\":null}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        Map<String, @Nullable Object> keyed =
                one(
                        hash(
                                HashRule.Algorithm.HMAC_SHA256,
                                "key",
                                20,
                                "user",
                                "n",
                                "d",
                                "t",
                                "no"),
                        json);
        assertThat(keyed).containsEntry("no", null);
        for (Map.Entry<String, String> value :
                Map.of("user", "äda", "n", "-5", "d", "0.25", "t", "true").entrySet()) {
            byte[] hash = mac.doFinal(value.getValue().getBytes(StandardCharsets.UTF_8));
            assertThat(keyed)
                    .containsEntry(value.getKey(), HexFormat.of().formatHex(hash).substring(0, 20));
        }
        byte[] salted =
                MessageDigest.getInstance("SHA-256")
                        .digest("saltäda".getBytes(StandardCharsets.UTF_8));
        assertThat(one(hash(HashRule.Algorithm.SHA256, "salt", 64, "user"), json))
                .containsEntry("user", HexFormat.of().formatHex(salted));
    }

    @Test
    void addSetsConstantsOfTheirType() {
        Map<String, Object> constants = Map.of("s", "x", "i", 5L, "d", 0.5, "b", true, "a", 9L);
        assertThat(one(add(constants), "{\"a\":1}"))
                .containsEntry("s", "x")
                .containsEntry("i", 5L)
                .containsEntry("d", 0.5)
                .containsEntry("b", true)
                .containsEntry("a", 9L)
                .hasSize(5);
    }

    @Test
    void sampleChoosesAboutItsShareAndTheSameRecordsEveryTime() {
        String[] records =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "{\"i\":" + i + ",\"user\":\"u" + i % 500 + "\"}")
                        .toArray(String[]::new);
        List<Row> chosen = run(List.of(sample(0.1, "")), records);
        assertThat(chosen.size()).isBetween(850, 1150);
        assertThat(run(List.of(sample(0.1, "")), records)).isEqualTo(chosen);
        // one by one, in a batch of its own, and behind other steps
        for (String record : List.of(records).subList(0, 200)) {
            assertThat(run(List.of(keep("i", "user"), sample(0.1, "")), record).isEmpty())
                    .isEqualTo(run(List.of(filter("i >= 0"), sample(0.1, "")), record).isEmpty());
        }
        assertThat(run(List.of(sample(0.5, ""), sample(0.5, "")), records).size())
                .as("two samples draw independently")
                .isBetween(2250, 2750);
        assertThat(run(List.of(sample(1, "")), records)).hasSize(10_000);
    }

    @Test
    void sampleByAFieldChoosesAllRecordsOfAValueOrNone() {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            records.add("{\"i\":" + i + ",\"user\":\"u" + i % 500 + "\"}");
        }
        Map<@Nullable Object, Long> perUser =
                run(List.of(sample(0.2, "user")), records.toArray(String[]::new)).stream()
                        .collect(
                                Collectors.groupingBy(
                                        row -> String.valueOf(row.values().get("user")),
                                        Collectors.counting()));
        assertThat(perUser.size()).isBetween(60, 140);
        assertThat(perUser.values()).containsOnly(10L);
    }

    @Test
    void parsesAJsonTextByTheRulesOfRecordsThatArriveAsJson() {
        String inner =
                "{\\\"a\\\":1,\\\"b\\\":{\\\"c\\\":[2]},\\\"s\\\":\\\"x\\\\u00e4\\\",\\\"n\\\":null,"
                        + "\\\"a\\\":7,\\\"d\\\":1.5,\\\"big\\\":12345678901234567890,"
                        + "\\\"@timestamp\\\":\\\"2026-11-22T06:30:00Z\\\"}";
        List<Row> rows =
                run(
                        List.of(parse(Format.JSON, "message", "", OnError.KEEP), drop("message")),
                        "{\"x\":0,\"message\":\" " + inner + " \"}");
        assertThat(rows.get(0).time()).isEqualTo(1_795_329_000_000_000_000L);
        assertThat(rows.get(0).values())
                .containsExactly(
                        Map.entry("x", 0L),
                        Map.entry("a", 1L),
                        Map.entry("b", new Row.Json("{\"c\":[2]}")),
                        Map.entry("s", "xä"),
                        entry("n", null),
                        Map.entry("d", 1.5),
                        Map.entry("big", new Row.Json("12345678901234567890")),
                        Map.entry("@timestamp", "2026-11-22T06:30:00Z"));
    }

    private static Map.Entry<String, @Nullable Object> entry(String key, @Nullable Object value) {
        return new java.util.AbstractMap.SimpleEntry<>(key, value);
    }

    @Test
    void parsesAnObjectThatIsNested() {
        assertThat(one(parse(Format.JSON, "o", "", OnError.KEEP), "{\"o\":{\"k\":\"v\"}}"))
                .containsEntry("k", "v");
    }

    @Test
    void parsesNamedGroups() {
        String pattern = "^(?<first_word>\\S+) (?<opt>x)?(?<rest>.*)$";
        assertThat(
                        one(
                                parse(Format.REGEX, "message", pattern, OnError.KEEP),
                                "{\"message\":\"häh ok 😀\",\"opt\":1}"))
                .containsEntry("first_word", "häh")
                .containsEntry("opt", 1L)
                .containsEntry("rest", "ok 😀");
    }

    @Test
    void aRecordThatCannotBeParsedIsKeptWithTheReasonDroppedOrADeadLetter() {
        String[] json = {
            "{\"message\":\"{\\\"a\\\":1}\"}", "{\"message\":\"nope\"}", "{\"other\":1}"
        };
        List<Row> kept = run(List.of(parse(Format.JSON, "message", "", OnError.KEEP)), json);
        assertThat(kept).hasSize(3);
        assertThat(kept.get(1).values())
                .containsEntry("message", "nope")
                .containsEntry("parse_error", "byte 1: expected '{'");
        assertThat(kept.get(2).values()).containsEntry("parse_error", "no text in field message");
        assertThat(run(List.of(parse(Format.JSON, "message", "", OnError.DROP)), json)).hasSize(1);
        Transforms transforms =
                Transforms.compile(
                        List.of(
                                filter("exists message"),
                                parse(Format.JSON, "message", "", OnError.DEAD_LETTER)));
        Verdicts verdicts = new Verdicts();
        byte[] body = String.join("\n", json).getBytes(StandardCharsets.UTF_8);
        new io.penstock.exporter.record.RecordReader()
                .wrap(Encoding.NDJSON, body, 0, body.length, 0)
                .read(transforms.judge(verdicts));
        assertThat(verdicts.records()).isEqualTo(3);
        assertThat(verdicts.passing()).isEqualTo(1);
        assertThat(verdicts.dropped()).isEqualTo(1);
        assertThat(verdicts.faulty()).containsExactly(Map.entry(1, "parse: byte 1: expected '{'"));
    }

    @Test
    void whatASinkSaysByNumberIsFoundAmongTheStagedRecords() {
        Verdicts verdicts = new Verdicts();
        for (Verdict verdict :
                List.of(Verdict.DROP, Verdict.PASS, Verdict.DEAD_LETTER, Verdict.PASS)) {
            verdicts.note(verdict, "why");
        }
        assertThat(verdicts.staged(BitSet.valueOf(new long[] {0b10}))).isEqualTo(bits(3));
        assertThat(verdicts.staged(BitSet.valueOf(new long[] {0b11}))).isEqualTo(bits(1, 3));
        assertThat(verdicts.staged(new BitSet())).isEqualTo(bits());
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        IntStream.of(set).forEach(bits::set);
        return bits;
    }

    @Test
    void anObjectWithTooManyMembersOrANameThatIsNoneIsAFault() {
        String many =
                IntStream.range(0, 4096)
                        .mapToObj(i -> "\\\"k" + i + "\\\":1")
                        .collect(Collectors.joining(",", "{", "}"));
        assertThat(
                        one(
                                        parse(Format.JSON, "message", "", OnError.KEEP),
                                        "{\"message\":\"" + many + "\"}")
                                .get("parse_error"))
                .isEqualTo("the record would have over 4096 fields");
        assertThat(
                        one(
                                        parse(Format.JSON, "message", "", OnError.KEEP),
                                        "{\"message\":\"{\\\"\\\":1}\"}")
                                .get("parse_error"))
                .isEqualTo("member 1 has a name that is no field name");
    }

    @Test
    void namesThatComeAndGoAreForgottenWithoutHarm() {
        Transforms transforms =
                Transforms.compile(
                        List.of(
                                filter("keep = true"),
                                parse(Format.JSON, "message", "", OnError.KEEP),
                                drop("message")));
        for (int batch = 0; batch < 3; batch++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int number = i;
                String inner =
                        IntStream.range(0, 100)
                                .mapToObj(k -> "\\\"n" + (number * 100 + k) + "\\\":" + number)
                                .collect(Collectors.joining(",", "{", "}"));
                lines.add("{\"keep\":true,\"x" + i + "\":1,\"message\":\"" + inner + "\"}");
            }
            List<Row> rows = run(transforms, Encoding.NDJSON, String.join("\n", lines));
            assertThat(rows).hasSize(300);
            for (int i = 0; i < 300; i++) {
                assertThat(rows.get(i).values())
                        .hasSize(102)
                        .containsEntry("n" + (i * 100 + 99), (long) i)
                        .containsEntry("x" + i, 1L);
            }
        }
    }

    @Test
    void aStepIsExactlyOneThing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter(""))
                .withMessageContaining("exactly one of")
                .withMessageEndingWith("this one is none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rename(Map.of("a", "b", "b", "c")))
                .withMessageContaining("an old name and a new one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter("a ="))
                .withMessageStartingWith("filter: line 1, column 4: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(Format.REGEX, "m", "a(b", OnError.KEEP))
                .withMessage("pattern: line 1, column 4: Unclosed group");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(Format.REGEX, "m", "a(b)", OnError.KEEP))
                .withMessageStartingWith("pattern: a regular expression with named groups");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hash(HashRule.Algorithm.HMAC_SHA256, "", 16, "a"))
                .withMessageStartingWith("key is empty");
    }

    @Test
    void aKeyIsNotPrinted() {
        assertThat(hash(HashRule.Algorithm.SHA256, "hush", 16, "a").toString())
                .doesNotContain("hush");
    }
}
