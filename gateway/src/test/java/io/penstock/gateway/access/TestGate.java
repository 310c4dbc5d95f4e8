package io.penstock.gateway.access;

import io.penstock.gateway.access.AccessConfig.Anonymous;
import io.penstock.gateway.tls.PeerIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A gate with keys of its own and a clock that stands, for tests of ports. */
public final class TestGate {
    private final AtomicLong nowMs = new AtomicLong(1_700_000_000_000L);
    private final KeyBook book;
    private final Keyring keyring = new Keyring(repo -> repo.value().split("-", -1)[0]);
    private final Gate gate;
    private @Nullable PeerIdentity certificate;

    /** A gate over a file in this directory; the tenant of a repo is its name up to the dash. */
    public TestGate(Path directory, Anonymous anonymous, List<AccessConfig.Identity> identities) {
        book = new KeyBook(new KeyFile(directory.resolve("keys.json")), nowMs::get);
        AccessConfig config =
                new AccessConfig(
                        "keys.json", anonymous, false, 1_000, 1 << 20, identities, JwtConfig.OFF);
        gate =
                new Gate(
                        config,
                        anonymous,
                        new Gate.Sources(
                                keyring,
                                Tokens.NONE,
                                connection -> certificate,
                                repo -> repo.value().split("-", -1)[0],
                                nowMs::get));
    }

    /** What the ports ask. */
    public Gate gate() {
        return gate;
    }

    /** Connections from now on have this certificate. */
    public void certificate(String subject, String... names) {
        certificate = new PeerIdentity("CN=" + subject, subject, List.of(names));
    }

    /** Makes a key, and goes by it. */
    public KeyToken key(Role role, String tenant, List<String> repos, long livesMs)
            throws IOException {
        KeyBook.Made made =
                book.create(
                        "test", new Key.Rights(Set.of(role), new Scope(tenant, repos)), livesMs);
        read();
        KeyToken token = made.token();
        if (token == null) {
            throw new AssertionError("a new key has a token");
        }
        return token;
    }

    /** One that pushes anywhere, as a header. */
    public String pusher() throws IOException {
        return "Bearer " + key(Role.PUSH, Scope.EVERY, List.of(), Key.NEVER).text();
    }

    /** Gives a key another secret, and goes by it. */
    public KeyToken rotate(String id, long graceMs) throws IOException {
        KeyToken token = book.rotate(id, graceMs).token();
        read();
        if (token == null) {
            throw new AssertionError("a rotated key has a token");
        }
        return token;
    }

    /** Revokes a key, and goes by it. */
    public void revoke(String id) throws IOException {
        book.revoke(id);
        read();
    }

    private void read() throws IOException {
        keyring.update(book.list());
    }

    /** Time goes on. */
    public void pass(long ms) {
        nowMs.addAndGet(ms);
    }
}
