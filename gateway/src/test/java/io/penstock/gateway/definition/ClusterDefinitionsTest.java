package io.penstock.gateway.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.ring.Beginning;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.definition.Ruling.Why;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes that know each other by nothing but orders. */
class ClusterDefinitionsTest {
    private static final ExportKey KEY = new ExportKey(new RepoName("web"), "out");
    private static final ExportKey OTHER = new ExportKey(new RepoName("web"), "other");
    private static final long RETRY_MS = 200;

    private final Vertx vertx = Vertx.vertx();
    private final ListedOrders orders = new ListedOrders();
    private final Heard heardHere = new Heard();
    private final Heard heardThere = new Heard();
    private final ClusterDefinitions here = node(heardHere);
    private final ClusterDefinitions there = node(heardThere);

    private ClusterDefinitions node(Heard heard) {
        ClusterDefinitions node = new ClusterDefinitions(vertx, orders, RETRY_MS);
        node.onChange(heard);
        node.start();
        return node;
    }

    /** What a node was told, in words; some of it cannot be made there. */
    private static final class Heard implements ExportDefinitions.Listener {
        final List<String> words = new ArrayList<>();
        volatile String cannotMake = "nothing";

        @Override
        public synchronized Future<Void> changed(
                @Nullable ExportDefinition before, @Nullable ExportDefinition after) {
            words.add(word(before) + " -> " + word(after));
            return word(after).equals(cannotMake)
                    ? Future.failedFuture("no " + cannotMake)
                    : Future.succeededFuture();
        }

        @Override
        public synchronized Future<Void> faulty(ExportDefinition definition, Throwable why) {
            words.add(word(definition) + " is faulty: " + why.getMessage());
            return Future.succeededFuture();
        }

        synchronized List<String> words() {
            return List.copyOf(words);
        }

        private static String word(@Nullable ExportDefinition definition) {
            return definition == null
                    ? "none"
                    : definition
                            .entry()
                            .getOrDefault("name", definition.entry().keySet())
                            .toString();
        }
    }

    @AfterEach
    void stop() throws Exception {
        TestNode.await(here.close());
        TestNode.await(there.close());
        TestNode.await(vertx.close());
    }

    private static ExportDefinition definition(ExportKey key, String value) {
        return new ExportDefinition(
                key, Map.of("name", value, "sink", Map.of("n", 3L)), Beginning.NEWEST, false);
    }

    private static ExportDefinition definition(String value) {
        return definition(KEY, value);
    }

    private static void refused(Why why, String words, Callable<?> deed) {
        assertThatThrownBy(deed::call)
                .isInstanceOfSatisfying(
                        NotKeptException.class, refused -> assertThat(refused.why()).isEqualTo(why))
                .hasMessageContaining(words);
    }

    private static void until(Heard heard, String... words) throws Exception {
        TestNode.until(() -> heard.words().equals(List.of(words)));
    }

    @Test
    void whatIsAskedForAtOneNodeIsSoAtAll() throws Exception {
        TestNode.await(here.put(definition("a"), null));
        assertThat(heardHere.words()).as("before the answer").containsExactly("none -> a");
        until(heardThere, "none -> a");
        assertThat(there.list()).containsExactly(definition("a"));

        TestNode.await(there.put(definition("b"), definition("a")));
        TestNode.await(there.remove(definition("b")));
        until(heardThere, "none -> a", "a -> b", "b -> none");
        TestNode.until(() -> here.list().isEmpty());
    }

    @Test
    void whatIsNotAnyMoreAsItWasThoughtIsNotOverwritten() throws Exception {
        TestNode.await(here.put(definition("a"), null));
        refused(
                Why.OVERTAKEN,
                "web/out was changed meanwhile",
                () -> TestNode.await(there.put(definition("b"), null)));
        orders.beforeTheNext(() -> orders.set(definition("c")));
        refused(
                Why.OVERTAKEN,
                "web/out was changed meanwhile",
                () -> TestNode.await(there.put(definition("b"), definition("a"))));
        refused(
                Why.OVERTAKEN,
                "changed meanwhile",
                () -> TestNode.await(there.remove(definition("a"))));
        TestNode.until(() -> here.list().equals(List.of(definition("c"))));
    }

    @Test
    void ordersAboutSomethingElseAreNoHindrance() throws Exception {
        orders.beforeTheNext(() -> orders.set(definition(OTHER, "x")));
        TestNode.await(here.put(definition("a"), null));
        assertThat(here.list()).containsExactly(definition(OTHER, "x"), definition("a"));
        for (int i = 0; i < ClusterDefinitions.TRIES; i++) {
            String name = "y" + i;
            orders.beforeTheNext(() -> orders.set(definition(OTHER, name)));
        }
        refused(
                Why.UNAVAILABLE,
                "have changed meanwhile",
                () -> TestNode.await(here.put(definition("b"), definition("a"))));
    }

    @Test
    void whatTheNodeThatWasAskedCannotMakeIsTakenBackEverywhere() throws Exception {
        TestNode.await(here.put(definition("a"), null));
        heardHere.cannotMake = "b";
        assertThatThrownBy(() -> TestNode.await(here.put(definition("b"), definition("a"))))
                .hasMessage("no b");
        until(heardHere, "none -> a", "a -> b", "b is faulty: no b", "a -> a");
        TestNode.until(() -> there.list().equals(List.of(definition("a"))));
        heardHere.cannotMake = "c";
        assertThatThrownBy(() -> TestNode.await(here.put(definition(OTHER, "c"), null)))
                .hasMessage("no c");
        assertThat(here.list()).containsExactly(definition("a"));
        assertThat(heardHere.words()).endsWith("c is faulty: no c", "c -> none");
    }

    @Test
    void whatAnotherNodeCannotMakeIsToldThereAndTriedAgainAndStopsNothingElse() throws Exception {
        TestNode.await(here.put(definition("a"), null));
        until(heardThere, "none -> a");
        heardThere.cannotMake = "b";
        TestNode.await(here.put(definition("b"), definition("a")));
        // heard together they would come in the order of their names
        TestNode.until(() -> heardThere.words().contains("b is faulty: no b"));
        TestNode.await(here.put(definition(OTHER, "x"), null));
        TestNode.until(() -> heardThere.words().contains("none -> x"));
        assertThat(there.list()).containsExactly(definition(OTHER, "x"), definition("b"));
        TestNode.until(() -> heardThere.words().size() > 5);
        heardThere.cannotMake = "nothing";
        int tried = heardThere.words().size();
        TestNode.until(() -> heardThere.words().size() > tried);
        List<String> words = heardThere.words();
        assertThat(words.subList(0, 3)).containsExactly("none -> a", "a -> b", "b is faulty: no b");
        assertThat(words).endsWith("a -> b");
    }

    @Test
    void whatTheDiskKnewHoldsUntilSomethingNewerIsKnown() throws Exception {
        orders.set(definition("a"));
        ListedOrders silent = new ListedOrders();
        silent.forget();
        ClusterDefinitions node = new ClusterDefinitions(vertx, silent, RETRY_MS);
        Heard heard = new Heard();
        node.onChange(heard);
        node.begin(orders.newest());
        node.start();
        assertThat(node.list()).containsExactly(definition("a"));
        refused(
                Why.UNAVAILABLE,
                "no table of the cluster is known",
                () -> TestNode.await(node.put(definition("b"), definition("a"))));
        assertThat(heard.words()).isEmpty();
        silent.becomes(orders);
        TestNode.await(node.put(definition("b"), definition("a")));
        assertThat(heard.words()).containsExactly("a -> b");
        TestNode.await(node.close());
    }

    @Test
    void refusalsOfTheClusterAreThoseOfTheRequest() throws Exception {
        orders.hasNoLeader();
        refused(
                Why.UNAVAILABLE,
                "no leader",
                () -> TestNode.await(here.put(definition("a"), null)));
        refused(
                Why.FULL,
                "export/web/out: ",
                () -> TestNode.await(here.put(definition("x".repeat(70_000)), null)));
        for (int i = 0; i < 17; i++) {
            ExportKey key = new ExportKey(new RepoName("web"), "large" + i);
            ExportDefinition large = definition(key, "x".repeat(57_000));
            TestNode.await(here.put(large, null));
        }
        refused(
                Why.FULL,
                "the limit is 1000000",
                () -> TestNode.await(here.put(definition("x".repeat(57_000)), null)));
    }

    @Test
    void whatThisVersionCannotReadIsNotTakenForDeleted() throws Exception {
        TestNode.await(here.put(definition("a"), null));
        until(heardThere, "none -> a");
        orders.set(KEY, "{\"beginning\": \"the day before yesterday\"}");
        until(heardThere, "none -> a", "a -> [not-readable-by-this-version]");
        ExportDefinition unread = there.list().get(0);
        TestNode.await(there.put(definition("b"), unread));
        TestNode.until(() -> here.list().equals(List.of(definition("b"))));
    }

    @Test
    void whoeverWaitsIsToldWhenTheNodeStops() throws Exception {
        orders.hide();
        Future<Void> waits = here.put(definition("a"), null);
        TestNode.until(orders::hasTaken);
        TestNode.await(here.close());
        refused(Why.UNAVAILABLE, "the node stops", () -> TestNode.await(waits));
    }
}
