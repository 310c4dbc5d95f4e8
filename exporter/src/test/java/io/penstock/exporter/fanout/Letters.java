package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.deadletter.DeadLetterStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What dead letters hold, for assertions. */
final class Letters {
    private Letters() {}

    static List<DeadLetter.Stored> all(DeadLetterStore store) {
        try {
            return store.list(0, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> texts(DeadLetterStore store) {
        return all(store).stream()
                .flatMap(
                        stored ->
                                new String(stored.letter().content().body(), StandardCharsets.UTF_8)
                                        .lines())
                .toList();
    }

    static List<String> reasons(DeadLetterStore store) {
        return all(store).stream().map(stored -> stored.letter().reason()).toList();
    }
}
