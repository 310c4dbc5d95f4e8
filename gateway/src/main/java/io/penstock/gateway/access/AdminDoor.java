package io.penstock.gateway.access;

import io.penstock.gateway.access.AccessConfig.Anonymous;
import io.penstock.model.RepoName;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Judges requests to the admin port: who asks, and whether that may be done by them.
 *
 * <ul>
 *   <li>{@code /livez}, {@code /readyz} and the files of the console are for everybody, {@code
 *       /metrics} by the configuration.
 *   <li>GET takes the role read, everything else admin, and so does what is about keys and the
 *       audit log.
 *   <li>Whose grant reaches some repos only may ask for what is about one of these, and start
 *       something there; what is about the node as a whole, and what an export is (it may name
 *       files of the machine), is for those that reach all.
 *   <li>Whoever shows nothing may do all over loopback as long as there is nobody who could show
 *       something, and not through a proxy, which would make everybody look like that.
 *   <li>A browser does not change anything for a page of another site ({@code Origin}), and reads
 *       nothing for one that pretends to be here ({@code Host}).
 * </ul>
 *
 * <p>Threading: any thread.
 */
public final class AdminDoor {
    /**
     * Header by which a node says, with its name, that it asks for somebody else: by what that one
     * shows, so that the node's own certificate counts for nothing.
     */
    public static final String PASSED_ON = "Penstock-Asked-By";

    private static final Set<String> ALWAYS_OPEN = Set.of("/livez", "/readyz");
    private static final String METRICS = "/metrics";
    private static final List<String> MARKS_OF_PROXIES =
            List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via");

    private final Gate gate;
    private final AccessConfig config;
    private final Anonymous anonymous;
    private final String host;
    private final LongAdder refused = new LongAdder();

    AdminDoor(Gate gate, AccessConfig config, Anonymous anonymous, String host) {
        this.gate = gate;
        this.config = config;
        this.anonymous = anonymous;
        this.host = host;
    }

    /**
     * A judged request.
     *
     * @param who asks
     * @param denial why it is refused, or null
     */
    public record Visit(Principal who, @Nullable Denial denial) {
        /** Status of HTTP of a refusal. */
        public int status() {
            if (denial == null) {
                return 200;
            }
            return denial.laterMs() > 0 ? 503 : denial.known() ? 403 : 401;
        }
    }

    /** Whether a method changes something. */
    public static boolean changes(HttpMethod method) {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }

    /**
     * Judges a request.
     *
     * @param route path with names in braces, whose values are parameters of the request by now
     */
    public Visit judge(Entrance entrance, HttpServerRequest request, String route) {
        Visit visit = judged(entrance, request, route);
        if (visit.denial() != null) {
            refused.increment();
        }
        return visit;
    }

    /** Requests that were refused since start. */
    public long refused() {
        return refused.sum();
    }

    private Visit judged(Entrance entrance, HttpServerRequest request, String route) {
        boolean change = changes(request.method());
        if (change && isForeign(request)) {
            return new Visit(
                    Principal.ANONYMOUS,
                    Denial.forbidden("the page of another site may not change anything here"));
        }
        if (ALWAYS_OPEN.contains(route)
                || isPage(route)
                || (config.openMetrics() && METRICS.equals(route))) {
            return new Visit(Principal.ANONYMOUS, null);
        }
        String authorization = request.getHeader("Authorization");
        Grant shown = gate.shown(entrance, request.connection(), authorization);
        if (shown == null
                || (shown.principal().isIdentity() && request.headers().contains(PASSED_ON))) {
            return new Visit(Principal.ANONYMOUS, anonymous(request, needed(request, route)));
        }
        if (shown.equals(Grant.NOBODY)) {
            return new Visit(Principal.ANONYMOUS, Gate.missing(authorization));
        }
        return new Visit(shown.principal(), denial(shown, request, route));
    }

    /** The files of the console; what they show is asked for like everything else. */
    private static boolean isPage(String route) {
        return route.equals("/") || route.startsWith("/console");
    }

    private @Nullable Denial denial(Grant grant, HttpServerRequest request, String route) {
        Role role = needed(request, route);
        Denial denial = grant.denial(role, gate.nowMs());
        if (denial != null || grant.isWhole()) {
            return denial;
        }
        // /v1/dlq and /v1/tail take their repo from the query, all others from the path; a
        // parameter that a route does not look at must not open it
        boolean ofARepo =
                route.contains("{repo}") || route.startsWith("/v1/dlq") || route.equals("/v1/tail");
        String repo = ofARepo ? request.getParam("repo") : null;
        boolean defines =
                request.method().equals(HttpMethod.PUT)
                        || request.method().equals(HttpMethod.DELETE);
        if (repo == null || defines || !RepoName.fault(repo).isEmpty()) {
            return Denial.forbidden(
                    grant.principal() + " reaches some repos only, and this is about more");
        }
        return grant.denial(role, new RepoName(repo), gate.nowMs());
    }

    /** Who has keys, and who did what, is for those who may change it. */
    private static Role needed(HttpServerRequest request, String route) {
        boolean admin =
                changes(request.method())
                        || route.startsWith("/v1/keys")
                        || route.startsWith("/v1/audit");
        return admin ? Role.ADMIN : Role.READ;
    }

    private @Nullable Denial anonymous(HttpServerRequest request, Role role) {
        HostAndPort asked = request.authority();
        // no browser leaves it out; one that cannot be read may be what a page has its browser send
        boolean ownHost =
                asked == null
                        ? !request.headers().contains("Host")
                        : Loopback.isOwnHost(asked.host(), host);
        boolean all = anonymous != Anonymous.NONE && !config.knowsSomebody() && isHere(request);
        if (!all && !(anonymous == Anonymous.READ && role == Role.READ)) {
            return anonymous == Anonymous.NONE || config.knowsSomebody()
                    ? Gate.missing(null)
                    : Denial.unknown(
                            "without a key this is for those on the machine itself alone, and not"
                                    + " through a proxy: name access.keys_file");
        }
        return ownHost
                ? null
                : Denial.forbidden("the header Host names another server than this one");
    }

    /** Whether whoever asks is on this machine, and does not come through a proxy. */
    public static boolean isHere(HttpServerRequest request) {
        SocketAddress from = request.remoteAddress();
        String address = from == null ? null : from.hostAddress();
        return address != null
                && Loopback.isName(address)
                && MARKS_OF_PROXIES.stream().noneMatch(request.headers()::contains);
    }

    /** Browsers send {@code Origin} with all that changes something (RFC 6454, Fetch). */
    private static boolean isForeign(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        HostAndPort asked = request.authority();
        return asked == null || !origin.equals(request.scheme() + "://" + asked);
    }
}
