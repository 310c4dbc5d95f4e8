package io.penstock.gateway.access;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What people do to the keys of a file: by a verb of the command line, or through a node.
 *
 * <p>Threading: any thread; every method blocks.
 */
public final class KeyBook {
    /** Longest that a key may be made for, and an old secret live on: ten years. */
    public static final long MAX_AHEAD_MS = 3_650L * 86_400_000;

    private final KeyFile file;
    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * The keys of a file.
     *
     * @param clock Unix milliseconds
     */
    public KeyBook(KeyFile file, LongSupplier clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * A key, and what its holder sends: shown once, kept nowhere.
     *
     * @param key as it is now
     * @param token null where there is no new one
     */
    public record Made(Key key, @Nullable KeyToken token) {}

    /** What there is. */
    public List<Key> list() throws IOException {
        return file.read();
    }

    /** The time by which keys are told. */
    public long nowMs() {
        return clock.getAsLong();
    }

    /**
     * Makes a key.
     *
     * @param livesMs how long it is good; {@link Key#NEVER} for always
     * @throws IllegalArgumentException naming what is wrong
     */
    public Made create(String name, Key.Rights rights, long livesMs) throws IOException {
        checkAhead("expires", livesMs);
        long nowMs = clock.getAsLong();
        KeyToken token = KeyToken.fresh(KeyToken.freshId(random), random);
        Key key =
                new Key(
                        token.id(),
                        name,
                        rights,
                        nowMs,
                        livesMs == Key.NEVER ? Key.NEVER : nowMs + livesMs,
                        Key.NEVER,
                        List.of(KeySecret.of(token, random)));
        file.change(
                keys -> {
                    List<Key> more = new ArrayList<>(keys);
                    more.add(key);
                    return more;
                });
        return new Made(key, token);
    }

    /**
     * Gives a key another secret.
     *
     * @param graceMs how long the one before is good beside it
     * @throws NoSuchElementException when there is no such key
     * @throws IllegalStateException when it is revoked, or expired
     */
    public Made rotate(String id, long graceMs) throws IOException {
        checkAhead("grace", graceMs);
        long nowMs = clock.getAsLong();
        KeyToken token = KeyToken.fresh(id, random);
        Key key =
                replace(
                        id,
                        old -> {
                            String state = old.state(nowMs);
                            if (!state.equals("good")) {
                                throw new IllegalStateException(old + " is " + state);
                            }
                            return old.rotated(KeySecret.of(token, random), nowMs + graceMs, nowMs);
                        });
        return new Made(key, token);
    }

    /**
     * Ends a key; its name stays in the file, for the audit log to mean something.
     *
     * @throws NoSuchElementException when there is no such key
     */
    public Made revoke(String id) throws IOException {
        long nowMs = clock.getAsLong();
        Key key = replace(id, old -> old.revokedMs() == Key.NEVER ? old.revoked(nowMs) : old);
        return new Made(key, null);
    }

    private Key replace(String id, UnaryOperator<Key> change) throws IOException {
        AtomicReference<@Nullable Key> changed = new AtomicReference<>();
        file.change(
                keys -> {
                    List<Key> after = new ArrayList<>();
                    for (Key key : keys) {
                        Key now = key.id().equals(id) ? change.apply(key) : key;
                        after.add(now);
                        if (key.id().equals(id)) {
                            changed.set(now);
                        }
                    }
                    if (changed.get() == null) {
                        throw new NoSuchElementException("there is no key with that id");
                    }
                    return after;
                });
        Key now = changed.get();
        if (now == null) {
            throw new IllegalStateException("a change that changed nothing");
        }
        return now;
    }

    private static void checkAhead(String key, long ms) {
        if (ms < 0 || ms > MAX_AHEAD_MS) {
            throw new IllegalArgumentException(
                    key + ": " + ms + " ms is outside 0 to " + MAX_AHEAD_MS);
        }
    }
}
