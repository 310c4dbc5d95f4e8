package io.penstock.gateway.access;

import io.penstock.gateway.access.AccessConfig.Anonymous;
import io.penstock.gateway.audit.AuditEntry;
import io.penstock.gateway.audit.AuditLog;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what on one node: reads the keys, looks for changes of their file, keeps the audit
 * log.
 *
 * <p>Threading: any thread; what blocks goes to workers.
 */
public final class Access {
    private static final Logger LOG = LoggerFactory.getLogger(Access.class);

    private final Vertx vertx;
    private final AccessConfig config;
    private final @Nullable KeyFile file;
    private final @Nullable KeyBook book;
    private final Keyring keyring;
    private final Tokens tokens;
    private final Gate gate;
    private final AdminDoor door;
    private final AuditLog audit;

    // guarded by this: what of the file the keyring has
    private String stamp = "";
    private String complaint = "";

    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long timer = -1;

    /**
     * Where the node listens, and keeps its files.
     *
     * @param ingressHost {@code ingress.host}
     * @param adminHost {@code admin.host}
     * @param dataDirectory {@code node.data_dir}
     */
    public record Place(String ingressHost, String adminHost, Path dataDirectory) {}

    /**
     * Nothing is read yet, and nobody but anonymous is known.
     *
     * @param tenants owner of a repo
     */
    public Access(
            Vertx vertx, AccessConfig config, Place place, Function<RepoName, String> tenants) {
        this.vertx = vertx;
        this.config = config;
        this.file = config.keysFile().isEmpty() ? null : new KeyFile(Path.of(config.keysFile()));
        this.book = file == null ? null : new KeyBook(file, System::currentTimeMillis);
        this.keyring = new Keyring(tenants);
        this.tokens =
                config.jwt().isOn()
                        ? Tokens.of(vertx, config.jwt(), tenants, System::currentTimeMillis)
                        : Tokens.NONE;
        Anonymous anonymous = config.effective(place.ingressHost(), place.adminHost());
        this.gate =
                new Gate(
                        config,
                        anonymous,
                        new Gate.Sources(
                                keyring,
                                tokens,
                                Identities.BY_TLS,
                                tenants,
                                System::currentTimeMillis));
        this.door = new AdminDoor(gate, config, anonymous, place.adminHost());
        this.audit = new AuditLog(vertx, place.dataDirectory(), config.auditMaxBytes());
    }

    /** Reads the keys; fails, with the setting first, when a file of them is damaged. */
    public Future<?> open() {
        return tokens.open()
                .recover(cause -> Future.failedFuture(named("jwt.", cause)))
                .compose(
                        open ->
                                openKeys()
                                        .recover(
                                                cause ->
                                                        Future.failedFuture(
                                                                named("keys_file: ", cause))));
    }

    private static IOException named(String setting, Throwable cause) {
        return new IOException(setting + cause.getMessage(), cause);
    }

    private Future<?> openKeys() {
        if (file == null) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(this::load, false)
                .onSuccess(
                        loaded ->
                                timer =
                                        vertx.setPeriodic(
                                                config.pollMs(), tick -> look().otherwiseEmpty()));
    }

    /** Looks whether the file has changed, and goes by it; a damaged one changes nothing. */
    Future<Boolean> look() {
        if (looking.getAndSet(true)) {
            // a file system that hangs gets one worker, not all
            return Future.succeededFuture(false);
        }
        return vertx.executeBlocking(this::loadOrComplain, false)
                .onComplete(over -> looking.set(false));
    }

    private boolean loadOrComplain() {
        try {
            boolean changed = load();
            if (changed) {
                audit.append(
                        AuditEntry.of("node", "", "keys read anew").note(keyring.size() + " keys"));
            }
            return changed;
        } catch (IOException unreadable) {
            complain(String.valueOf(unreadable.getMessage()));
            return false;
        }
    }

    private synchronized void complain(String what) {
        if (!what.equals(complaint)) {
            complaint = what;
            LOG.error("{}; the keys that were read before stay as they were", what);
        }
    }

    private synchronized boolean load() throws IOException {
        KeyFile from = file;
        if (from == null) {
            return false;
        }
        String now = from.stamp();
        if (now.equals(stamp) && !stamp.isEmpty()) {
            return false;
        }
        List<Key> keys = from.read();
        boolean first = stamp.isEmpty();
        keyring.update(keys);
        complaint = "";
        if (!now.isEmpty()) {
            LOG.info("{} keys in {}", keys.size(), from.path());
        } else if (first && timer < 0) {
            LOG.warn("there is no {} yet: make a key with penstock keys create", from.path());
        }
        boolean changed = !first && !now.equals(stamp);
        stamp = now;
        return changed;
    }

    /** Stops looking. Safe without {@link #open}, and twice. */
    public Future<?> close() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        return tokens.close().eventually(audit::close);
    }

    /** For the data port. */
    public Gate gate() {
        return gate;
    }

    /** For the admin port. */
    public AdminDoor door() {
        return door;
    }

    /** What became of tokens that were shown. */
    public Tokens tokens() {
        return tokens;
    }

    /** Who changed what. */
    public AuditLog audit() {
        return audit;
    }

    /** What is wrong with the file of keys as it is now; empty when nothing is. */
    public synchronized String complaint() {
        return complaint;
    }

    /** Keys in the file, revoked ones included. */
    public int keys() {
        return keyring.size();
    }

    /** Something done with the keys, which the node goes by when it is done; fails without file. */
    public <T> Future<T> withKeys(Use<T> use) {
        KeyBook open = book;
        if (open == null) {
            return Future.failedFuture(
                    new IllegalStateException(
                            "this node has no file of keys: name access.keys_file"));
        }
        Callable<T> act =
                () -> {
                    T done = use.of(open);
                    load();
                    return done;
                };
        return vertx.executeBlocking(act, false);
    }

    /** What is done with keys; blocks. */
    @FunctionalInterface
    public interface Use<T> {
        /** Does it. */
        T of(KeyBook keys) throws IOException;
    }
}
