package io.penstock.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.model.RepoName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBookTest {
    private static final Key.Rights PUSH = new Key.Rights(Set.of(Role.PUSH), Scope.WHOLE);
    private static final RepoName WEB = new RepoName("web");

    private final AtomicLong nowMs = new AtomicLong(1_700_000_000_000L);
    private final Keyring keyring = new Keyring(repo -> "default");
    private Path file;
    private KeyBook book;

    @TempDir private Path directory;

    @BeforeEach
    void open() {
        file = directory.resolve("below/keys.json");
        book = new KeyBook(new KeyFile(file), nowMs::get);
    }

    private static KeyToken token(KeyBook.Made made) {
        return Objects.requireNonNull(made.token());
    }

    private Grant grant(KeyToken token) throws IOException {
        keyring.update(book.list());
        return Objects.requireNonNull(keyring.find(token));
    }

    private boolean may(Grant grant) {
        return grant.denial(Role.PUSH, WEB, nowMs.get()) == null;
    }

    @Test
    void theFileHoldsNoSecretAndIsItsOwnersAlone() throws Exception {
        KeyToken token = token(book.create("ci", PUSH, Key.NEVER));
        String text = Files.readString(file);
        assertThat(text).contains(token.id(), "ci").doesNotContain(token.secret());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(token.toString()).doesNotContain(token.secret());
        assertThat(book.list().toString()).doesNotContain(token.secret());
        assertThat(KeyJson.shown(book.list().get(0), 0).encode()).doesNotContain("sha256", "salt");
    }

    @Test
    void aKeyIsFoundByItsSecretAndByNoOther() throws Exception {
        KeyToken token = token(book.create("ci", PUSH, Key.NEVER));
        assertThat(may(grant(token))).isTrue();
        String secret = token.secret();
        char first = secret.charAt(0) == 'A' ? 'B' : 'A';
        char last = secret.charAt(42) == 'A' ? 'E' : 'A';
        assertThat(keyring.find(new KeyToken(token.id(), first + secret.substring(1)))).isNull();
        assertThat(keyring.find(new KeyToken(token.id(), secret.substring(0, 42) + last))).isNull();
        assertThat(keyring.find(new KeyToken("other", secret))).isNull();
    }

    @Test
    void oneSecretInTwoFilesDoesNotLookLikeOne() {
        KeyToken token = new KeyToken("a", "s".repeat(43));
        SecureRandom random = new SecureRandom();
        assertThat(KeySecret.of(token, random).hashHex())
                .isNotEqualTo(KeySecret.of(token, random).hashHex());
    }

    /** By the class file: a comparison that tells by its time is no behaviour that a test sees. */
    @ParameterizedTest
    @ValueSource(strings = {"access/KeySecret", "peer/PeerSecret"})
    void secretsAreComparedInConstantTime(String type) throws Exception {
        try (InputStream in =
                KeyBook.class.getResourceAsStream("/io/penstock/gateway/" + type + ".class")) {
            String pool =
                    new String(
                            Objects.requireNonNull(in).readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(pool)
                    .contains("java/security/MessageDigest", "isEqual")
                    .doesNotContain("java/util/Arrays", "Objects");
        }
    }

    @Test
    void anExpiredKeyEndsWhenItsTimeIsThere() throws Exception {
        Grant grant = grant(token(book.create("ci", PUSH, 1_000)));
        assertThat(may(grant)).isTrue();
        nowMs.addAndGet(999);
        assertThat(may(grant)).isTrue();
        nowMs.addAndGet(1);
        assertThat(grant.denial(Role.PUSH, WEB, nowMs.get()))
                .isEqualTo(Denial.unknown(grant.principal() + " has expired"));
        assertThat(book.list().get(0).state(nowMs.get())).isEqualTo("expired");
    }

    @Test
    void aRevokedKeyEndsForThoseWhoHaveBeenLetInToo() throws Exception {
        KeyToken token = token(book.create("ci", PUSH, Key.NEVER));
        Grant handedOut = grant(token);
        book.revoke(token.id());
        assertThat(may(handedOut)).isTrue(); // the node has not looked yet
        keyring.update(book.list());
        assertThat(may(handedOut)).isFalse();
        assertThat(grant(token)).isSameAs(handedOut);
        book.revoke(token.id()); // twice is once
    }

    @Test
    void aKeyThatIsGoneFromTheFileEndsToo() throws Exception {
        KeyToken token = token(book.create("ci", PUSH, Key.NEVER));
        Grant handedOut = grant(token);
        Files.delete(file);
        keyring.update(book.list());
        assertThat(may(handedOut)).isFalse();
        assertThat(keyring.find(token)).isNull();
    }

    @Test
    void theSecretBeforeARotationIsGoodForTheTimeOfGraceAndNoLonger() throws Exception {
        KeyToken old = token(book.create("ci", PUSH, Key.NEVER));
        Grant before = grant(old);
        KeyToken fresh = token(book.rotate(old.id(), 60_000));
        Grant after = grant(fresh);
        assertThat(fresh.id()).isEqualTo(old.id());
        assertThat(fresh.secret()).isNotEqualTo(old.secret());
        assertThat(List.of(may(before), may(after))).containsExactly(true, true);
        nowMs.addAndGet(60_000);
        assertThat(List.of(may(before), may(after))).containsExactly(false, true);
        KeyToken third = token(book.rotate(old.id(), 0));
        assertThat(book.list().get(0).secrets()).hasSize(1); // what is over is gone
        assertThat(may(grant(third))).isTrue();
        assertThat(may(after)).isFalse();
    }

    @Test
    void aSecondRotationDoesNotGiveAnOldSecretMoreTime() throws Exception {
        KeyToken old = token(book.create("ci", PUSH, Key.NEVER));
        Grant first = grant(old);
        book.rotate(old.id(), 1_000);
        book.rotate(old.id(), 1_000_000);
        keyring.update(book.list());
        nowMs.addAndGet(1_000);
        assertThat(may(first)).isFalse();
    }

    @Test
    void whatIsNotThereOrOverCannotBeRotated() throws Exception {
        assertThatThrownBy(() -> book.rotate("none", 0)).isInstanceOf(NoSuchElementException.class);
        KeyToken token = token(book.create("ci", PUSH, Key.NEVER));
        book.revoke(token.id());
        assertThatThrownBy(() -> book.rotate(token.id(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("is revoked");
        assertThatThrownBy(() -> book.create("", PUSH, 0)).hasMessageStartingWith("name: ");
        assertThatThrownBy(() -> book.create("x", PUSH, -1)).hasMessageStartingWith("expires: ");
    }

    @Test
    void aFileThatIsDamagedIsNamedAndNotQuoted() throws Exception {
        book.create("ci", PUSH, Key.NEVER);
        String planted = "{\"penstock_keys\": 1, \"keys\": [{\"id\": \"hush-hush\"}]}";
        for (String damaged : List.of("", "{", "{}", "[]", planted, planted.replace("1", "2"))) {
            Files.writeString(file, damaged);
            assertThatThrownBy(book::list)
                    .isInstanceOf(IOException.class)
                    .hasMessage(file.toAbsolutePath() + " is no file of keys, or damaged")
                    .hasNoCause();
            assertThatThrownBy(() -> book.create("x", PUSH, 0)).isInstanceOf(IOException.class);
            assertThat(Files.readString(file)).isEqualTo(damaged);
        }
    }

    @Test
    void thoseWhoChangeAtTheSameTimeDoNotUndoEachOther() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "k" + i;
            all.add(
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    KeyBook own = new KeyBook(new KeyFile(file), nowMs::get);
                                    own.create(name, PUSH, Key.NEVER);
                                } catch (IOException failure) {
                                    throw new AssertionError(failure);
                                }
                            }));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
        assertThat(book.list()).extracting(Key::name).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void tokensAreReadAsTheyAreWrittenAndNothingElseIs() throws Exception {
        KeyToken token = token(book.create("ci", PUSH, Key.NEVER));
        assertThat(KeyToken.parse(token.text())).isEqualTo(token);
        for (String wrong :
                List.of("", "pk_", "pk_a_b", token.text() + "x", " " + token.text(), "x")) {
            assertThat(KeyToken.parse(wrong)).as(wrong).isNull();
        }
    }

    @Test
    void theHeadersOfTheProtocolsThatAreSpokenHoldAToken() {
        KeyToken token = new KeyToken("abc", "s".repeat(43));
        String text = token.text();
        String pair =
                Base64.getEncoder().encodeToString(("me:" + text).getBytes(StandardCharsets.UTF_8));
        for (String header :
                List.of(
                        "Bearer " + text,
                        "bearer " + text,
                        "Token " + text,
                        "ApiKey " + text,
                        "ApiKey " + pair,
                        "Basic " + pair)) {
            assertThat(Bearer.token(header)).as(header).isEqualTo(token);
        }
        for (String header : List.of("", text, "Digest " + text, "Basic ====", "Basic " + text)) {
            assertThat(Bearer.token(header)).as(header).isNull();
        }
    }

    @Test
    void aScopeReachesItsTenantAndItsPatterns() {
        Scope scope = new Scope("acme", List.of("acme-*", "shared"));
        assertThat(scope.covers(new RepoName("acme-web"), repo -> "acme")).isTrue();
        assertThat(scope.covers(new RepoName("shared"), repo -> "acme")).isTrue();
        assertThat(scope.covers(new RepoName("shared2"), repo -> "acme")).isFalse();
        assertThat(scope.covers(new RepoName("acme-web"), repo -> "other")).isFalse();
        assertThat(new Scope("*", List.of("*b*")).covers(new RepoName("abc"), r -> "x")).isTrue();
        assertThat(Scope.fits("a*a*a*a*a*b", "a".repeat(100))).isFalse();
        assertThatThrownBy(() -> new Scope("a b", List.of())).hasMessageStartingWith("tenant: ");
        assertThatThrownBy(() -> new Scope("a", List.of("a/b"))).hasMessageStartingWith("repos: ");
    }
}
