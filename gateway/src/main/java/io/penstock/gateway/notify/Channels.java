package io.penstock.gateway.notify;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The channels of a configuration, in its order. Threading: any thread. */
public final class Channels {
    private final Vertx vertx;
    private final LongSupplier clockMs;
    private final Map<String, BoundedChannel> all = new LinkedHashMap<>();
    private final Map<String, Supplier<Wire>> wires = new LinkedHashMap<>();
    private final List<Wire> opened = new ArrayList<>(); // guarded by this

    /**
     * Channels that are not open.
     *
     * @param clockMs since the epoch
     */
    public Channels(Vertx vertx, NotifyConfig config, LongSupplier clockMs) {
        this.vertx = vertx;
        this.clockMs = clockMs;
        long timeoutMs = config.timeoutMs();
        for (WebhookConfig hook : config.webhooks()) {
            WebWire.Target target =
                    new WebWire.Target(hook.url(), hook.headers(), hook.caFile(), timeoutMs);
            add(
                    hook.name(),
                    "webhook",
                    config,
                    () -> new WebWire(vertx, target, WebForms.own(hook.secret(), clockMs)));
        }
        for (SlackConfig slack : config.slack()) {
            WebWire.Target target =
                    new WebWire.Target(slack.url(), Map.of(), slack.caFile(), timeoutMs);
            add(slack.name(), "slack", config, () -> new WebWire(vertx, target, WebForms.slack()));
        }
        for (MailChannelConfig mail : config.mail()) {
            add(mail.name(), "mail", config, () -> new MailWire(vertx, mail, timeoutMs));
        }
    }

    private void add(String name, String kind, NotifyConfig config, Supplier<Wire> wire) {
        all.put(name, new BoundedChannel(name, kind, vertx, config, clockMs));
        wires.put(name, wire);
    }

    /** Reads what files they need; fails where one is not to be had. */
    public Future<Void> open() {
        if (all.isEmpty()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(this::openAll).mapEmpty();
    }

    private synchronized Object openAll() {
        wires.forEach(
                (name, maker) -> {
                    Wire wire = maker.get();
                    opened.add(wire);
                    channel(name).over(wire);
                });
        return opened;
    }

    private BoundedChannel channel(String name) {
        BoundedChannel known = all.get(name);
        if (known == null) {
            throw new IllegalArgumentException("no channel is called " + name);
        }
        return known;
    }

    /** All of them. */
    public Collection<Channel> all() {
        return List.copyOf(all.values());
    }

    /** The one of a name. */
    public Optional<Channel> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** Those of these names; all where there are no names. */
    public List<Channel> named(Collection<String> names) {
        return names.isEmpty()
                ? List.copyOf(all.values())
                : names.stream().<Channel>map(this::channel).toList();
    }

    /** Sends nothing more. Safe without {@link #open}, and twice. */
    public synchronized Future<Void> close() {
        all.values().forEach(channel -> channel.over(null));
        List<Future<Void>> closing = opened.stream().map(Wire::close).toList();
        opened.clear();
        return Future.join(closing).<Void>mapEmpty().otherwiseEmpty();
    }
}
