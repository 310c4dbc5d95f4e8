package io.penstock.gateway.cli.watch;

import io.penstock.gateway.terminal.Paint;
import io.vertx.core.json.JsonObject;

/** How much an export needs a look, in order. */
enum Standing {
    /** It flows. */
    WELL(Paint.PLAIN),
    /** Nobody wants it to flow. */
    RESTS(Paint.DIM),
    /** It runs, and its oldest record waits for long. */
    LAGS(Paint.WARN),
    /** It tries again. */
    TRIES(Paint.WARN),
    /** It needs a person. */
    STANDS(Paint.BAD);

    /** The console says the same from here on. */
    private static final long LAGS_MS = 30_000;

    private final Paint paint;

    Standing(Paint paint) {
        this.paint = paint;
    }

    Paint paint() {
        return paint;
    }

    static Standing of(JsonObject export) {
        return switch (export.getString("state", "")) {
            case "running" -> export.getLong("oldest_age_ms", 0L) > LAGS_MS ? LAGS : WELL;
            case "paused", "stopped", "closed" -> RESTS;
            case "backing_off" -> TRIES;
            default -> STANDS;
        };
    }

    /** The state in a word. */
    static String word(JsonObject export) {
        return of(export) == LAGS ? "lags" : export.getString("state", "-").replace('_', ' ');
    }
}
