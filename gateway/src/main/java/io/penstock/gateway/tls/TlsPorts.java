package io.penstock.gateway.tls;

import io.penstock.model.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of a node: its ports, and the watch over their files.
 *
 * <p>Threading: any thread. Files are looked at on worker threads, one look at a time.
 */
public final class TlsPorts {
    private static final Logger LOG = LoggerFactory.getLogger(TlsPorts.class);

    private final Vertx vertx;
    private final TlsPort ingress;
    private final TlsPort admin;
    private final TlsPort nodes;
    private final List<Long> timers = new ArrayList<>(); // guarded by this
    private @Nullable Future<Void> look; // guarded by this

    /**
     * Ports, not read yet.
     *
     * @param ingress keys {@code ingress.tls.*}
     * @param admin keys {@code admin.tls.*}
     * @param nodes keys {@code cluster.tls.*}
     */
    public TlsPorts(Vertx vertx, Tls ingress, Tls admin, Tls nodes) {
        this.vertx = vertx;
        this.ingress = new TlsPort("ingress.tls", ingress);
        this.admin = new TlsPort("admin.tls", admin);
        this.nodes = new TlsPort("cluster.tls", nodes);
    }

    /** The data port, and those for OTLP alone. */
    public TlsPort ingress() {
        return ingress;
    }

    /** The admin port. */
    public TlsPort admin() {
        return admin;
    }

    /** The port for deliveries of other nodes, and the ways to theirs. */
    public TlsPort nodes() {
        return nodes;
    }

    /**
     * How this node speaks to the admin ports of others, if its own speaks TLS: it shows that
     * port's certificate, and takes one that names the address and is vouched for by what stands in
     * {@code admin.tls.cert_file} and {@code ca_file} or in {@code cluster.tls.ca_file}. As of now:
     * files that came into force are in it.
     */
    public Optional<ClientSSLOptions> toAdmin(long handshakeMs) {
        return admin.isOn()
                ? Optional.of(admin.toSame(nodes.authorities(), handshakeMs))
                : Optional.empty();
    }

    /** Those that speak TLS. */
    public List<TlsPort> on() {
        return List.of(ingress, admin, nodes).stream().filter(TlsPort::isOn).toList();
    }

    /**
     * What is wrong with the files, each line beginning with a key; empty when nothing is. Blocks.
     */
    public static List<String> faults(Tls ingress, Tls admin, Tls nodes) {
        List<String> faults = new ArrayList<>();
        check("ingress.tls", ingress, faults);
        check("admin.tls", admin, faults);
        check("cluster.tls", nodes, faults);
        return faults;
    }

    private static void check(String section, Tls tls, List<String> faults) {
        try {
            if (tls.isOn()) {
                KeyMaterial.read(section, tls);
            }
        } catch (TlsException faulty) {
            faults.add(String.valueOf(faulty.getMessage()));
        }
    }

    /** Reads all files, and watches them from now on; fails with a {@link TlsException}. */
    public Future<?> open() {
        return vertx.executeBlocking(
                        () -> {
                            for (TlsPort port : on()) {
                                port.read();
                            }
                            return this;
                        })
                .onSuccess(read -> watch());
    }

    private synchronized void watch() {
        for (TlsPort port : on()) {
            long everyMs = port.config().reloadMs();
            if (everyMs > 0) {
                timers.add(vertx.setPeriodic(everyMs, timer -> reload()));
            }
        }
    }

    /** Stops watching. Safe without {@link #open}, and twice. */
    public synchronized Future<?> close() {
        timers.forEach(vertx::cancelTimer);
        timers.clear();
        return Future.succeededFuture();
    }

    /**
     * Looks at the files now. Files that do not do are told of by the log and by {@link
     * TlsPort#fault}; the future does not fail for them. Whoever asks during a look waits for it
     * and for no second one.
     */
    public synchronized Future<Void> reload() {
        Future<Void> under = look;
        if (under != null && !under.isComplete()) {
            return under;
        }
        Future<Void> begun = vertx.executeBlocking(this::readChanged).compose(TlsPorts::publish);
        look = begun;
        return begun;
    }

    private List<TlsPort> readChanged() {
        List<TlsPort> changed = new ArrayList<>();
        for (TlsPort port : on()) {
            try {
                if (port.read()) {
                    changed.add(port);
                }
            } catch (TlsException faulty) {
                LOG.error("{}; the certificate before stays in force", faulty.getMessage());
            }
        }
        return changed;
    }

    private static Future<Void> publish(List<TlsPort> changed) {
        return Future.join(changed.stream().map(TlsPort::publish).toList())
                .<Void>mapEmpty()
                .onFailure(cause -> LOG.error("a certificate could not be put in force", cause));
    }
}
