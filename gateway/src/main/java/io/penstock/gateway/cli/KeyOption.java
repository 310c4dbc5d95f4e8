package io.penstock.gateway.cli;

import io.penstock.gateway.access.KeyToken;
import io.penstock.gateway.access.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --key}, {@code --key-file} and {@code PENSTOCK_KEY}, for every verb that asks a node. */
public final class KeyOption {
    private static final String VARIABLE = "PENSTOCK_KEY";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = {
                "Key to show, pk_..., or a token; other users of the machine see it in the list of processes.",
                "Default: the environment variable " + VARIABLE + "."
            })
    private @Nullable String key;

    @Option(names = "--key-file", paramLabel = "FILE", description = "File that the key is in.")
    private @Nullable Path file;

    /** The value of {@code Authorization}; empty where there is no key. */
    public String authorization() {
        String bearer = bearer();
        return bearer.isEmpty() ? "" : "Bearer " + bearer;
    }

    /** The key; empty where there is none. */
    public String bearer() {
        String given = given();
        if (!given.isEmpty() && KeyToken.parse(given) == null && !Tokens.isLikeOne(given)) {
            // what was given is not repeated: it may be the secret of something else
            throw new CommandFailure(
                    ExitCode.USAGE, "what is given as a key is none; keys look like pk_ID_SECRET");
        }
        return given;
    }

    private String given() {
        if (key != null) {
            return key.strip();
        }
        if (file == null) {
            String set = System.getenv(VARIABLE);
            return set == null ? "" : set.strip();
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.USAGE, "--key-file: cannot read " + file);
        }
    }
}
