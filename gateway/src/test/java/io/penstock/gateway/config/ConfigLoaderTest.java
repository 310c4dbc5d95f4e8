package io.penstock.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.WhenFull;
import io.penstock.exporter.transform.TransformStep;
import io.penstock.gateway.otlp.OtlpConfig;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

    private final Map<String, String> environment = Map.of("PORT", "4555", "EMPTY", "");
    private final ConfigLoader loader = new ConfigLoader(TestSinks.registry(), environment::get);

    private GatewayConfig parse(String text) throws ConfigException {
        return loader.parse("c.yaml", text);
    }

    private List<String> faultsOf(String text) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> parse(text));
        assertThat(refused).as("the configuration must be refused: %s", text).isNotNull();
        return refused.faults().stream().map(ConfigFault::toString).toList();
    }

    @Test
    void anEmptyFileIsAllDefaults() throws ConfigException {
        GatewayConfig config = parse("# nothing\n");
        assertThat(config.ingress().port()).isEqualTo(4400);
        assertThat(config.ring().segmentBytes()).isEqualTo(16 << 20);
        assertThat(config.sync().intervalMs()).isEqualTo(2);
        assertThat(config.otlp()).isEqualTo(OtlpConfig.DEFAULT);
        assertThat(config.exports()).isEmpty();
        assertThat(config).isEqualTo(parse("{ring: , exports: }"));
    }

    @Test
    void readsEveryKindOfValue() throws ConfigException {
        GatewayConfig config =
                parse(
                        """
                        ring: {segment_bytes: 64KiB, max_bytes: 1_000_000, resident_bytes: 128 KiB}
                        ingress: {max_batch_bytes: 32KiB, max_inflated_bytes: 32KiB, idle_timeout_ms: 5m}
                        repos:
                          auto_create: false
                          declared: [a, b.c]
                          exports: [{name: all, sink: {type: blackhole}}]
                        log: {level: warn}
                        exports:
                          - name: files
                            repo: access
                            when_full: drop_oldest
                            batch: {linger_ms: 2s}
                            sink: {type: file, directory: '/tmp/x ${PORT}', headers: {k: v}, factor: 2}
                        """);
        assertThat(config.ring().maxBytes()).isEqualTo(1_000_000);
        assertThat(config.ring().residentBytes()).isEqualTo(128 << 10);
        assertThat(config.ingress().idleTimeoutMs()).isEqualTo(300_000);
        assertThat(config.repos().declared())
                .containsExactly(new RepoName("a"), new RepoName("b.c"));
        assertThat(config.repos().exports().get(0).spec().name()).isEqualTo("all");
        assertThat(config.log().level()).isEqualTo(GatewayConfig.Level.WARN);
        ExportSpec export = config.exports().get(0);
        assertThat(export.whenFull()).isEqualTo(WhenFull.DROP_OLDEST);
        assertThat(export.batch().lingerMs()).isEqualTo(2000);
        assertThat(loader.bindSink(export.sink()).config())
                .isEqualTo(
                        new TestSinks.Everything(
                                Path.of("/tmp/x 4555"),
                                1 << 20,
                                2,
                                true,
                                "${message}",
                                Map.of("k", "v")));
    }

    @Test
    void readsTransformsAndKeepsTheTypesOfConstants() throws ConfigException {
        GatewayConfig config =
                parse(
                        """
                        repos:
                          exports:
                          - name: all
                            sink: {type: blackhole}
                            transforms:
                            - filter: "status >= 500"
                            - add: {env: prod, shard: 7, version: '1.10', ratio: 0.5, on: true}
                            - hash: {fields: [user], key: '${PORT}', length: 16}
                        """);
        List<TransformStep> steps = config.repos().exports().get(0).spec().transforms();
        assertThat(steps).hasSize(3);
        assertThat(steps.get(1).add())
                .isEqualTo(
                        Map.of(
                                "env", "prod", "shard", 7L, "version", "1.10", "ratio", 0.5, "on",
                                true));
        assertThat(steps.get(2).hash().key()).isEqualTo("4555");
        assertThat(config.toString()).doesNotContain("4555");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            textBlock =
                    """
                    {filter: status >}        ¦ c.yaml:1:89: exports[0].transforms[1].filter: line 1, column 9: expected a value: a text in quotes, a number, true or false, found the end
                    {filter: a =~ '(x'}       ¦ c.yaml:1:89: exports[0].transforms[1].filter: line 1, column 9: in the regular expression: Unclosed group
                    {keep: [a], drop: [b]}    ¦ c.yaml:1:80: exports[0].transforms[1]: a step is exactly one of filter, keep, drop, rename, redact, hash, add, sample, parse; this one is keep and drop
                    {}                        ¦ c.yaml:1:80: exports[0].transforms[1]: a step is exactly one of filter, keep, drop, rename, redact, hash, add, sample, parse; this one is none
                    {sample: {fraction: 2}}   ¦ c.yaml:1:100: exports[0].transforms[1].sample.fraction: must lie above 0 and up to 1, not 2.0
                    {parse: {format: xml}}    ¦ c.yaml:1:97: exports[0].transforms[1].parse.format: expected one of none | combined | common | json | regex, found 'xml'
                    {parse: {format: regex, pattern: 'a(b'}} ¦ c.yaml:1:113: exports[0].transforms[1].parse.pattern: line 1, column 4: Unclosed group
                    {hash: {fields: [a]}}     ¦ c.yaml:1:87: exports[0].transforms[1].hash: key is empty; hmac_sha256 needs one
                    {rename: {a: b, b: c}}    ¦ c.yaml:1:89: exports[0].transforms[1].rename: 'b' is an old name and a new one; take two steps
                    {add: {a: [1]}}           ¦ c.yaml:1:90: exports[0].transforms[1].add.a: expected a text, found a list
                    """)
    void namesTheKeyAndThePlaceOfAFaultInATransform(String step, String fault) {
        String before = "exports: [{name: a, repo: b, sink: {type: blackhole}, transforms: [";
        assertThat(faultsOf(before + "{drop: [x]}," + step + "]}]")).containsExactly(fault);
    }

    @Test
    void keepsNoSecretsInTheTextOfAConfiguration() throws ConfigException {
        GatewayConfig config =
                parse("repos: {exports: [{name: x, sink: {type: file, directory: '${PORT}'}}]}");
        assertThat(config.toString()).contains("${PORT}").doesNotContain("4555");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            textBlock =
                    """
                    ingress: {prot: 1}              ¦ c.yaml:1:11: ingress.prot: unknown key; did you mean 'port'?
                    ingres: {port: 1}               ¦ c.yaml:1:1: ingres: unknown key; did you mean 'ingress'?
                    admin: {zzzzzzz: 1}             ¦ c.yaml:1:9: admin.zzzzzzz: unknown key; known here: host, port, tls
                    ingress: {port: many}           ¦ c.yaml:1:17: ingress.port: expected a whole number, found 'many'
                    ingress: {port: 70000}          ¦ c.yaml:1:17: ingress.port: 70000 is outside 0 to 65535
                    ingress: {port: 3000000000}     ¦ c.yaml:1:17: ingress.port: '3000000000' is beyond what this key can hold, 2147483647
                    ingress: {port: 4MiB}           ¦ c.yaml:1:17: ingress.port: expected a whole number, found '4MiB'
                    ingress: {port: }               ¦ c.yaml:1:16: ingress.port: expected a whole number, found nothing
                    ingress: {port: [1]}            ¦ c.yaml:1:17: ingress.port: expected a whole number, found a list
                    ingress: 7                      ¦ c.yaml:1:10: ingress: expected keys with values, found '7'
                    ring: {segment_bytes: 16MB}     ¦ c.yaml:1:23: ring.segment_bytes: expected a size such as 64KiB, 16MiB, 1GiB, or a number of bytes, found '16MB'
                    ring: {max_bytes: 99999999999GiB} ¦ c.yaml:1:19: ring.max_bytes: '99999999999GiB' is too large a number
                    sync: {interval_ms: 2 weeks}    ¦ c.yaml:1:21: sync.interval_ms: expected a duration such as 250ms, 2s, 5m, 1h, or a number of milliseconds, found '2 weeks'
                    repos: {auto_create: yes}       ¦ c.yaml:1:22: repos.auto_create: expected true or false, found 'yes'
                    repos: {declared: one}          ¦ c.yaml:1:19: repos.declared: expected a list, found 'one'
                    repos: {declared: [../up]}      ¦ c.yaml:1:20: repos.declared[0]: repo name starts with '.'
                    log: {level: loud}              ¦ c.yaml:1:14: log.level: expected one of error | warn | info | debug | trace, found 'loud'
                    repos: {exports: [{sink: {type: blackhole}}]} ¦ c.yaml:1:19: repos.exports[0].name: missing; this key has no default. Name of the export, unique in its repo, of the characters of a repo name. Its position is kept under this name: a renamed export starts anew.
                    repos: {exports: [{name: x, repo: y, sink: {type: blackhole}}]} ¦ c.yaml:1:29: repos.exports[0].repo: unknown key; known here: name, sink, transforms, batch, concurrency, pressure, rate, timeout_ms, back_off, when_full, dead_letters
                    exports: [{name: x, repo: y}]   ¦ c.yaml:1:11: exports[0].sink: missing; this key has no default. Target: type and the type's own keys.
                    exports: [{name: x, repo: y, sink: {}}]  ¦ c.yaml:1:36: exports[0].sink.type: missing; one of blackhole, file
                    exports: [{name: x, repo: y, sink: {type: fil}}] ¦ c.yaml:1:43: exports[0].sink.type: unknown sink 'fil'; did you mean 'file'? Known: blackhole, file
                    exports: [{name: x, repo: y, sink: {type: file}}] ¦ c.yaml:1:36: exports[0].sink.directory: missing; this key has no default. Where to.
                    exports: [{name: x, repo: y, sink: {type: file, directory: a, roll_bites: 1}}] ¦ c.yaml:1:63: exports[0].sink.roll_bites: unknown key; did you mean 'roll_bytes'?
                    exports: [{name: x, repo: y, sink: {type: file, directory: a, roll_bytes: 1}}] ¦ c.yaml:1:75: exports[0].sink.roll_bytes: at least 1KiB
                    exports: [{name: /x, repo: y, sink: {type: blackhole}}] ¦ c.yaml:1:18: exports[0].name: export name has character U+002F at 0; allowed are a-z 0-9 - _ .
                    {admin: {port: 1}, admin: {}}   ¦ c.yaml:1:20: admin: defined twice; first at c.yaml:1:2
                    node: {data_dir: "a\\0b"}        ¦ c.yaml:1:18: node.data_dir: expected a path, found 'a\u0000b'
                    node: {id: '${NOT_SET}'}        ¦ c.yaml:1:12: node.id: environment variable NOT_SET is not set; set it or write ${NOT_SET:-default}
                    node: {id: '${file:/not/there}'} ¦ c.yaml:1:12: node.id: cannot read file /not/there: no such file
                    node: {id: '${'}                ¦ c.yaml:1:12: node.id: '${' without a closing '}'; write $${ for itself
                    node: {id: 1: 2                 ¦ c.yaml:1:13: not YAML: expected ',' or '}', but got :
                    """)
    void saysWhatIsWrongAndWhere(String text, String fault) {
        assertThat(faultsOf(text)).containsExactly(fault.replace("\\u0000", "\u0000"));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        assertThat(
                        faultsOf(
                                """
                                node: {idd: x}
                                ingress: {port: a}
                                ring:
                                  segment_bytes: 1
                                exports: [{}]
                                """))
                .hasSize(6)
                .anyMatch(fault -> fault.startsWith("c.yaml:4:18: ring.segment_bytes: must"));
    }

    @Test
    void saysWhatTwoSectionsDoNotAgreeOn() {
        assertThat(faultsOf("ring: {segment_bytes: 64KiB, resident_bytes: 64KiB}"))
                .singleElement()
                .asString()
                .contains("max_batch_bytes and max_inflated_bytes may be at most")
                .contains("57344 bytes");
        assertThat(
                        faultsOf(
                                "exports: [{name: a, repo: x, sink: {type: blackhole}}, {name: a,"
                                        + " repo: x, sink: {type: blackhole}}]"))
                .containsExactly("c.yaml:1:10: exports: two are called 'a' in repo x");
        assertThat(
                        faultsOf(
                                "repos: {exports: [{name: a, sink: {type: blackhole}}]}\n"
                                        + "exports: [{name: a, repo: x, sink: {type: blackhole}}]"))
                .containsExactly("c.yaml:2:10: exports: two are called 'a' in repo x");
    }

    @Test
    void replacesVariablesAndFiles(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("id"), "node-7\n");
        GatewayConfig config =
                parse(
                        "node: {id: '${file:%s}', data_dir: '${HOME_NOT:-/d}/$${x}${EMPTY:-e}'}\n"
                                        .formatted(secret)
                                + "ingress: {port: '${PORT}'}");
        assertThat(config.node().id()).isEqualTo("node-7");
        assertThat(config.node().dataDir()).isEqualTo(Path.of("/d/${x}e"));
        assertThat(config.ingress().port()).isEqualTo(4555);
    }

    @Test
    void mergesADirectoryInTheOrderOfNames(@TempDir Path directory) throws Exception {
        write(
                directory,
                "10-node.yaml",
                "node: {id: a}\nexports: [{name: x, repo: r, sink: {type: blackhole}}]");
        write(
                directory,
                "20-more.yml",
                "node: {data_dir: /d}\nexports: [{name: y, repo: r, sink: {type: blackhole}}]");
        write(directory, "README.txt", "not: [yaml");
        GatewayConfig config = loader.load(directory);
        assertThat(config.node().id()).isEqualTo("a");
        assertThat(config.node().dataDir()).isEqualTo(Path.of("/d"));
        assertThat(config.exports()).extracting(ExportSpec::name).containsExactly("x", "y");
    }

    @Test
    void refusesWhatTwoFilesDefine(@TempDir Path directory) throws Exception {
        Path first = write(directory, "1.yaml", "node: {id: a}");
        Path second = write(directory, "2.yaml", "node: {id: b}");
        assertThatThrownBy(() -> loader.load(directory))
                .hasMessage(second + ":1:8: node.id: defined twice; first at " + first + ":1:8");
    }

    @Test
    void namesFilesThatCannotBeRead(@TempDir Path directory) throws Exception {
        assertThatThrownBy(() -> loader.load(directory.resolve("no.yaml")))
                .hasMessage(directory.resolve("no.yaml") + ": cannot read: no such file");
        assertThatThrownBy(() -> loader.load(directory))
                .hasMessage(directory + ": no *.yaml or *.yml file in this directory");
        Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff, 0, 1});
        assertThatThrownBy(() -> loader.load(binary))
                .hasMessage(binary + ": cannot read: not UTF-8 text");
    }

    private static Path write(Path directory, String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
