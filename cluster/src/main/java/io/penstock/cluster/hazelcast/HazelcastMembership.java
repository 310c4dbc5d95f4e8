package io.penstock.cluster.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ClusterMessages;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.NodeDirectory;
import io.penstock.cluster.member.RefusedException;
import io.penstock.cluster.member.ReportBoard;
import io.penstock.cluster.member.TableCache;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership by Hazelcast. One instance of it, and a Vert.x of its own for messages: with one event
 * loop, on which all that the cluster decides can run without a lock, and apart from those that
 * batches go through.
 *
 * <p>Threading: any thread; never blocks.
 */
public final class HazelcastMembership implements Membership {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastMembership.class);

    private static final String LOGGING = "hazelcast.logging.type";
    private static final int WORKERS = 4;
    private static final int CONNECT_MS = 2_000;
    private static final long BUS_S = 15;

    private final ClusterConfig config;
    private final Member self;
    private final ClusterTerms terms;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread made = new Thread(task, "penstock-cluster");
                        made.setDaemon(true);
                        return made;
                    });

    private volatile boolean leaving;
    private volatile @Nullable String expelled;
    private volatile @Nullable Parts parts;

    // Confined to the thread.
    private @Nullable HazelcastInstance hazelcast;
    private @Nullable Vertx vertx;

    /** What there is once joined. */
    private record Parts(
            Roster roster, BusMessages messages, SharedTables tables, SharedReports reports) {}

    /**
     * A membership that has not begun.
     *
     * @param self this node, wherever its address
     */
    public HazelcastMembership(ClusterConfig config, Member self, ClusterTerms terms) {
        this.config = config;
        this.self = self;
        this.terms = terms;
    }

    @Override
    public CompletionStage<Void> join() {
        CompletableFuture<Void> joined = new CompletableFuture<>();
        thread.execute(
                () -> {
                    try {
                        enter();
                        joined.complete(null);
                    } catch (Exception failure) {
                        exit();
                        joined.completeExceptionally(failure);
                    }
                });
        return joined;
    }

    private void enter() throws Exception {
        warnOfStrangers();
        LOG.info(
                "cluster {}: node {} joins by {} from {}:{}",
                config.name(),
                self.id(),
                config.join().name().toLowerCase(Locale.ROOT),
                config.host(),
                config.port());
        quiet();
        HazelcastInstance made = instance();
        hazelcast = made;
        if (leaving) {
            throw new RefusedException("cluster: this node is being stopped");
        }
        new Claim(self.id(), terms, made.getCluster()).check();
        Vertx bus = clustered(made);
        vertx = bus;
        Context loop = bus.getOrCreateContext();
        BusMessages messages = messagesOn(bus, loop);
        Roster roster = new Roster(self.id(), made.getCluster(), loop, messages);
        made.getCluster().addMembershipListener(roster);
        made.getLifecycleService().addLifecycleListener(this::lifeChanged);
        roster.refresh();
        parts =
                new Parts(
                        roster,
                        messages,
                        new SharedTables(made),
                        new SharedReports(made.getMap(HazelcastSettings.REPORTS), roster));
        LOG.info(
                "cluster {}: node {} has joined at {}; nodes: {}",
                config.name(),
                self.id(),
                Attributes.address(made.getCluster().getLocalMember()),
                roster.members().stream()
                        .map(member -> member.id().value())
                        .collect(Collectors.joining(", ")));
    }

    /** What Hazelcast says before it has read any configuration goes where all else goes. */
    private static void quiet() {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "slf4j");
        }
    }

    private HazelcastInstance instance() throws RefusedException {
        try {
            return Hazelcast.newHazelcastInstance(HazelcastSettings.of(config, self, terms));
        } catch (RuntimeException failure) {
            throw new RefusedException(
                    "cluster: cannot join from "
                            + config.host()
                            + ":"
                            + config.port()
                            + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    private Vertx clustered(HazelcastInstance made) throws Exception {
        EventBusOptions busOptions = new EventBusOptions();
        busOptions.setHost(config.host()).setPort(config.messagePort());
        busOptions.setConnectTimeout(CONNECT_MS);
        VertxOptions options =
                new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(WORKERS)
                        .setInternalBlockingPoolSize(WORKERS)
                        .setEventBusOptions(busOptions);
        return Vertx.builder()
                .with(options)
                .withClusterManager(new HazelcastClusterManager(made))
                .buildClustered()
                .toCompletionStage()
                .toCompletableFuture()
                .get(BUS_S, TimeUnit.SECONDS);
    }

    private BusMessages messagesOn(Vertx bus, Context loop) throws Exception {
        CompletableFuture<BusMessages> made = new CompletableFuture<>();
        loop.runOnContext(
                now -> {
                    BusMessages messages = new BusMessages(bus, self.id());
                    messages.ready()
                            .onSuccess(ready -> made.complete(messages))
                            .onFailure(made::completeExceptionally);
                });
        return made.get(BUS_S, TimeUnit.SECONDS);
    }

    /** Neither port can be locked: who reaches it is in. */
    private void warnOfStrangers() throws RefusedException {
        try {
            if (!InetAddress.getByName(config.host()).isLoopbackAddress()) {
                LOG.warn(
                        "cluster: {} is no loopback address, and the cluster's ports have neither"
                                + " TLS nor authentication: whoever reaches them can read, change and"
                                + " stop this cluster. Only the nodes themselves may; see"
                                + " docs/cluster.md",
                        config.host());
            }
        } catch (UnknownHostException unknown) {
            throw new RefusedException(
                    "cluster.host: " + config.host() + " is not known here", unknown);
        }
    }

    /** On a thread of Hazelcast's: hands over. */
    private void lifeChanged(LifecycleEvent event) {
        switch (event.getState()) {
            case MERGED -> later(this::met);
            case MERGE_FAILED -> LOG.warn("cluster: the other half could not be joined");
            case SHUTDOWN -> {
                if (!leaving) {
                    expelled = "Hazelcast has stopped by itself; its log says why";
                    LOG.error("cluster: {}. What runs here runs on; restart the node", expelled);
                }
            }
            default -> LOG.debug("cluster: {}", event.getState());
        }
    }

    private synchronized void later(Runnable action) {
        if (!thread.isShutdown()) {
            thread.execute(action);
        }
    }

    /** Two halves have met, and each may have let in whom the other would have refused. */
    private void met() {
        HazelcastInstance here = hazelcast;
        Parts joined = parts;
        if (here == null || joined == null) {
            return;
        }
        try {
            joined.roster.refresh();
            new Claim(self.id(), terms, here.getCluster()).check();
        } catch (RefusedException refused) {
            expelled = refused.getMessage();
            LOG.error("{}. This node leaves the cluster; what runs here runs on", expelled);
            exit();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized CompletionStage<Void> leave() {
        leaving = true;
        if (thread.isShutdown()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> left = CompletableFuture.runAsync(this::exit, thread);
        thread.shutdown();
        return left;
    }

    private void exit() {
        leaving = true;
        Parts joined = parts;
        if (joined != null) {
            joined.messages.close();
            joined.roster.clear();
        }
        Vertx bus = vertx;
        if (bus != null) {
            close(bus);
            vertx = null;
        }
        HazelcastInstance member = hazelcast;
        if (member != null) {
            member.shutdown();
            hazelcast = null;
            LOG.info("cluster {}: node {} has left", config.name(), self.id());
        }
    }

    private static void close(Vertx bus) {
        try {
            bus.close().toCompletionStage().toCompletableFuture().get(BUS_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            LOG.warn("cluster: the message bus did not close: {}", failure.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Parts joined() {
        Parts there = parts;
        if (there == null) {
            throw new IllegalStateException("not joined");
        }
        return there;
    }

    @Override
    public Optional<String> expelled() {
        return Optional.ofNullable(expelled);
    }

    @Override
    public NodeDirectory directory() {
        return joined().roster;
    }

    @Override
    public ClusterMessages messages() {
        return joined().messages;
    }

    @Override
    public TableCache tables() {
        return joined().tables;
    }

    @Override
    public ReportBoard reports() {
        return joined().reports;
    }
}
