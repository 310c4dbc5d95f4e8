package io.penstock.perf.side;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The sink behind the gateway under load. */
public enum SinkKind {
    /** Takes everything, looks at nothing. */
    BLACKHOLE {
        @Override
        String yaml(Path directory, int httpPort) {
            return "{type: blackhole}";
        }
    },
    /** Decodes every record and writes it as a line of JSON to files. */
    FILE {
        @Override
        String yaml(Path directory, int httpPort) {
            return "{type: file, directory: '" + directory.resolve(FILES) + "', format: ndjson}";
        }
    },
    /** Decodes every record and posts lines of JSON to a server in the loader's process. */
    HTTP {
        @Override
        String yaml(Path directory, int httpPort) {
            return "{type: http, url: 'http://127.0.0.1:" + httpPort + "/', format: ndjson}";
        }
    },
    /** Posts what came by OTLP, as it came, to a server in the loader's process. */
    OTLP {
        @Override
        String yaml(Path directory, int httpPort) {
            return "{type: otlp, url: 'http://127.0.0.1:"
                    + httpPort
                    + "', protocol: http, compression: none}";
        }
    };

    /** Where the file sink publishes, in the directory of a gateway. */
    static final String FILES = "files";

    /** The sink as a value of the configuration. */
    abstract String yaml(Path directory, int httpPort);

    /** The word in commands and reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The sink of a word.
     *
     * @throws IllegalArgumentException for an unknown word
     */
    public static SinkKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no sink '" + word + "': blackhole, file, http or otlp"));
    }
}
