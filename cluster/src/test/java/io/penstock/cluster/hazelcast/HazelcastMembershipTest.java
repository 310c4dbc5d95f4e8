package io.penstock.cluster.hazelcast;

import static io.penstock.cluster.hazelcast.TestNodes.DEADLINE_MS;
import static io.penstock.cluster.hazelcast.TestNodes.await;
import static io.penstock.cluster.hazelcast.TestNodes.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ClusterMessages;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.ExportLoad;
import io.penstock.cluster.member.MachineUse;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.member.RefusedException;
import io.penstock.cluster.member.TableCache;
import io.penstock.cluster.member.VersionedBytes;
import io.penstock.loopback.FreePorts;
import io.penstock.model.RepoName;
import io.penstock.suite.Alone;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Nodes in one process, on loopback. */
@Alone
class HazelcastMembershipTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    @Test
    void nodesSeeEachOtherAndTalk() throws Exception {
        try (TestNodes nodes = new TestNodes()) {
            HazelcastMembership a = nodes.node("a", 3, nodes.firstPort(), "a", "b");
            HazelcastMembership b = nodes.node("b", 7, FreePorts.one(), "b", "a");
            await(a.join());
            await(b.join());
            until(() -> ids(a).equals(List.of(A, B)));
            assertThat(ids(b)).containsExactly(A, B);
            Member seen = a.directory().find(B).orElseThrow();
            assertThat(seen).isEqualTo(TestNodes.member("b", 7).at(seen.address()));

            talks(a, b);
            keepsTablesTogether(a.tables(), b.tables());
            showsReports(a, b);

            ConcurrentLinkedQueue<List<Member>> told = new ConcurrentLinkedQueue<>();
            a.directory().onChange(told::add);
            await(b.leave());
            until(() -> ids(a).equals(List.of(A)));
            until(() -> !told.isEmpty());
            assertThat(b.messages().send(A, new byte[1])).isFalse();
        }
    }

    private static List<NodeId> ids(HazelcastMembership node) {
        return node.directory().members().stream().map(Member::id).toList();
    }

    private static void talks(HazelcastMembership a, HazelcastMembership b) throws Exception {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        b.messages().onMessage((from, body) -> heard.add(from + ":" + text(body)));
        a.messages().onMessage((from, body) -> heard.add(from + ":" + text(body)));
        assertThat(a.messages().send(B, "hello".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(a.messages().send(A, "self".getBytes(StandardCharsets.UTF_8))).isTrue();
        until(() -> heard.size() == 2);
        assertThat(heard).containsExactlyInAnyOrder("a:hello", "a:self");

        byte[] longest = new byte[ClusterMessages.MAX_BODY_BYTES];
        assertThat(a.messages().send(B, longest)).isTrue();
        assertThat(a.messages().send(B, new byte[longest.length + 1])).isFalse();
        until(() -> b.messages().counts().received() == 2);

        assertThat(a.messages().send(new NodeId("nobody"), new byte[1])).isTrue();
        until(() -> a.messages().counts().lost() == 1);
        assertThat(a.messages().counts().refused()).isEqualTo(1);
    }

    private static String text(byte[] body) {
        return body.length > 100
                ? body.length + " bytes"
                : new String(body, StandardCharsets.UTF_8);
    }

    private static void keepsTablesTogether(TableCache a, TableCache b) throws Exception {
        assertThat(await(b.read("t", DEADLINE_MS))).isEmpty();
        assertThat(await(b.newest("t", DEADLINE_MS))).isEqualTo(Version.NONE);
        assertThat(offer(a, "t", 2, 5)).isTrue();
        assertThat(offer(b, "t", 2, 5)).isFalse();
        assertThat(offer(b, "t", 1, 9)).isFalse();
        assertThat(await(b.newest("t", DEADLINE_MS))).isEqualTo(new Version(2, 5));
        VersionedBytes read = await(b.read("t", DEADLINE_MS)).orElseThrow();
        assertThat(read.version()).isEqualTo(new Version(2, 5));
        assertThat(text(read.content())).isEqualTo("2.5");

        until(() -> a.keptBy(A, "t").equals(b.keptBy(A, "t")));
        until(() -> a.keptBy(B, "t").equals(b.keptBy(B, "t")));
        assertThat(a.keptBy(A, "t")).isNotEqualTo(a.keptBy(B, "t"));

        byte[] tooLong = new byte[TableCache.MAX_TABLE_BYTES];
        assertThatThrownBy(
                        () ->
                                await(
                                        a.offer(
                                                "long",
                                                new VersionedBytes(new Version(1, 1), tooLong),
                                                DEADLINE_MS)))
                .hasMessageContaining("the longest is");
    }

    private static boolean offer(TableCache cache, String name, long epoch, long sequence)
            throws Exception {
        return await(offered(cache, name, new Version(epoch, sequence)));
    }

    private static CompletionStage<Boolean> offered(
            TableCache cache, String name, Version version) {
        byte[] content =
                (version.epoch() + "." + version.sequence()).getBytes(StandardCharsets.UTF_8);
        return cache.offer(name, new VersionedBytes(version, content), DEADLINE_MS);
    }

    private static void showsReports(HazelcastMembership a, HazelcastMembership b)
            throws Exception {
        NodeReport report =
                new NodeReport(
                        B,
                        7,
                        1,
                        1_000,
                        "127.0.0.1:1",
                        "127.0.0.1:2",
                        new MachineUse(1, 0.5, 2, 3, 4, 5, 6, 7),
                        List.of(new ExportLoad(new RepoName("r"), "e", 10, 20, 30, 40)));
        b.reports().publish(report);
        until(() -> await(a.reports().read(DEADLINE_MS)).contains(report));
        assertThat(await(b.reports().read(DEADLINE_MS))).containsExactly(report);
    }

    @Test
    void theNewestTableStaysWhateverTheOrder() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("HazelcastMembershipTest: -Dpenstock.seed=" + seed);
        try (TestNodes nodes = new TestNodes()) {
            HazelcastMembership a = nodes.node("a", 1, nodes.firstPort(), "a");
            HazelcastMembership b = nodes.node("b", 1, FreePorts.one(), "a");
            await(a.join());
            await(b.join());
            List<Version> versions = new ArrayList<>();
            for (long i = 0; i < 300; i++) {
                versions.add(new Version(1 + i / 30, i % 30));
            }
            Collections.shuffle(versions, new Random(seed));
            List<CompletableFuture<Boolean>> offers = new ArrayList<>();
            for (int i = 0; i < versions.size(); i++) {
                TableCache cache = (i % 2 == 0 ? a : b).tables();
                offers.add(offered(cache, "t", versions.get(i)).toCompletableFuture());
            }
            await(CompletableFuture.allOf(offers.toArray(CompletableFuture<?>[]::new)));
            assertThat(await(a.tables().newest("t", DEADLINE_MS))).isEqualTo(new Version(10, 29));
            assertThat(await(b.tables().newest("t", DEADLINE_MS))).isEqualTo(new Version(10, 29));
        }
    }

    @Test
    void oneIdIsOneNodeAlsoWhenBothStartTogether() throws Exception {
        try (TestNodes nodes = new TestNodes()) {
            HazelcastMembership a = nodes.node("a", 1, nodes.firstPort(), "a");
            await(a.join());
            HazelcastMembership first = nodes.node("b", 1, FreePorts.one(), "a");
            HazelcastMembership second = nodes.node("b", 2, FreePorts.one(), "a");
            List<String> ends = new ArrayList<>();
            List<CompletionStage<Void>> joins = List.of(first.join(), second.join());
            for (CompletionStage<Void> join : joins) {
                ends.add(end(join));
            }
            assertThat(ends).containsOnlyOnce("joined");
            assertThat(ends)
                    .anySatisfy(
                            end ->
                                    assertThat(end)
                                            .startsWith("node.id: 'b' is taken: a process at 127"));
            until(() -> ids(a).equals(List.of(A, B)));
        }
    }

    private static String end(CompletionStage<Void> join) throws Exception {
        try {
            await(join);
            return "joined";
        } catch (RefusedException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void otherTermsAreRefusedByName() throws Exception {
        try (TestNodes nodes = new TestNodes()) {
            HazelcastMembership a = nodes.node("a", 1, nodes.firstPort(), "a", "b");
            await(a.join());
            assertThat(end(nodes.node("b", 1, FreePorts.one(), "b").join()))
                    .contains("node a at 127.0.0.1:" + nodes.firstPort())
                    .endsWith("other terms: voters is b here and a,b there");

            ClusterConfig config = nodes.config(FreePorts.one(), List.of("a", "b"));
            int format = ClusterTerms.FORMAT + 1;
            ClusterTerms newer = new ClusterTerms(format, List.of(A, B), 200, 9_600);
            assertThat(end(nodes.node("b", 1, config, newer).join()))
                    .endsWith(
                            "other terms: format is %d here and %d there; lease_ms is 9600 here and 2400 there"
                                    .formatted(format, ClusterTerms.FORMAT));
            until(() -> ids(a).equals(List.of(A)));
        }
    }
}
