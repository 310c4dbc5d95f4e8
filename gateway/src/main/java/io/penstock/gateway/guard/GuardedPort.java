package io.penstock.gateway.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One port, or several that share their limits: who may come in, and how many are in. Threading:
 * any thread.
 */
public final class GuardedPort {
    /** What every HTTP/2 connection may send unasked: RFC 9113 section 6.9.2, nearly 64 KiB. */
    public static final int LEAST_WINDOW_BYTES = 65_535;

    /** Part of the windows left that one connection gets. */
    private static final int WINDOW_SHARE = 8;

    /** Bytes of an IPv6 address that name a network; the rest is the client's own to choose. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final GuardConfig guard;
    private final Limits limits;
    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger openRequests = new AtomicInteger();
    private final AtomicLong windowsLeft;
    private final EnumMap<Closing, LongAdder> closed = new EnumMap<>(Closing.class);

    /**
     * What a port has of its own.
     *
     * @param maxConnections at once
     * @param idleTimeoutMs longest time without an open request
     * @param requestTimeoutMs longest time from the head of a request over HTTP/1.1 to its last
     *     byte; 0 where others watch it
     * @param unreadTimeoutMs longest time for which a client may leave unread what it is sent
     * @param windowBytes HTTP/2 window of a connection that sends, at most
     */
    public record Limits(
            int maxConnections,
            long idleTimeoutMs,
            long requestTimeoutMs,
            long unreadTimeoutMs,
            int windowBytes) {}

    /** A port over which nobody has come. */
    public GuardedPort(GuardConfig guard, Limits limits) {
        this.guard = guard;
        this.limits = limits;
        this.windowsLeft = new AtomicLong(guard.maxWindowBytes());
        for (Closing why : Closing.values()) {
            closed.put(why, new LongAdder());
        }
    }

    /**
     * Lets a connection in, and counts it until it {@linkplain #leave leaves}.
     *
     * @return why not, or null
     */
    public @Nullable Closing enter(@Nullable SocketAddress client) {
        if (connections.incrementAndGet() > limits.maxConnections()) {
            connections.decrementAndGet();
            return refused(Closing.FULL);
        }
        InetAddress address = network(client);
        int most = guard.maxConnectionsPerAddress();
        if (address != null
                && most > 0
                && Objects.requireNonNull(byAddress.merge(address, 1, Integer::sum)) > most) {
            leave(client);
            return refused(Closing.ADDRESS);
        }
        return null;
    }

    private Closing refused(Closing why) {
        count(why);
        return why;
    }

    /** A connection that was let in is closed. */
    public void leave(@Nullable SocketAddress client) {
        connections.decrementAndGet();
        InetAddress address = network(client);
        if (address != null && guard.maxConnectionsPerAddress() > 0) {
            byAddress.computeIfPresent(address, (known, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** The address, or the network of an IPv6 address; null where there is none. */
    private static @Nullable InetAddress network(@Nullable SocketAddress client) {
        if (!(client instanceof InetSocketAddress inet)) {
            return null;
        }
        InetAddress address = inet.getAddress();
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        for (int i = IPV6_NETWORK_BYTES; i < bytes.length; i++) {
            bytes[i] = 0;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Connections that are open. */
    public int connections() {
        return connections.get();
    }

    /** Connections that were closed, or not let in, for this reason. */
    public long closed(Closing why) {
        return Objects.requireNonNull(closed.get(why)).sum();
    }

    /** HTTP/2 windows that connections have beyond the least. */
    public long windowBytes() {
        return guard.maxWindowBytes() - windowsLeft.get();
    }

    void count(Closing why) {
        Objects.requireNonNull(closed.get(why)).increment();
    }

    /** Counts requests of a connection beyond its first few; false where there are too many. */
    boolean open(int more) {
        return openRequests.addAndGet(more) <= guard.maxOpenRequests();
    }

    /** Takes a share of the windows; give it back with {@link #giveBack}. */
    int takeWindow() {
        while (true) {
            long left = windowsLeft.get();
            int most = Math.max(0, limits.windowBytes() - LEAST_WINDOW_BYTES);
            int share = (int) Math.min(most, left / WINDOW_SHARE);
            if (windowsLeft.compareAndSet(left, left - share)) {
                return share;
            }
        }
    }

    void giveBack(int window) {
        windowsLeft.addAndGet(window);
    }

    GuardConfig guard() {
        return guard;
    }

    Limits limits() {
        return limits;
    }
}
