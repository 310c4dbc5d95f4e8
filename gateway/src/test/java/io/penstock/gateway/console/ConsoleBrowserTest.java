package io.penstock.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.KeyBook;
import io.penstock.gateway.access.KeyFile;
import io.penstock.gateway.access.Role;
import io.penstock.gateway.access.Scope;
import io.penstock.gateway.boot.AdminHttp;
import io.penstock.gateway.boot.Gateway;
import io.penstock.gateway.boot.TestNode;
import io.penstock.model.AckLevel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, before a node with traffic. Pictures of every view are left under
 * {@code target/console/}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleBrowserTest {
    private static final Path PICTURES = Path.of("target/console");
    private static final List<String> VIEWS =
            List.of(
                    "flow",
                    "nodes",
                    "assignments",
                    "limits",
                    "letters",
                    "exports",
                    "tail/access",
                    "export/access/files",
                    "repo/access",
                    "new",
                    "alerts",
                    "capacity",
                    "reports");
    private static final AtomicInteger REFUSE = new AtomicInteger(422);
    private static final AdminHttp ADMIN = new AdminHttp(() -> ConsoleBrowserTest.node.admin());

    @TempDir private static Path directory;
    private static Vertx vertx;
    private static TestNode node;
    private static int clusterPort;
    private static Chromium browser;
    private static volatile boolean over;
    private static Thread traffic;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Chromium.installed();
        Assumptions.assumeTrue(program.isPresent(), "chromium is not installed");
        over = false;
        vertx = Vertx.vertx();
        HttpServer target =
                vertx.createHttpServer()
                        .requestHandler(
                                r -> r.response().setStatusCode(REFUSE.get()).end("no such field"));
        int port = TestNode.await(target.listen(0, "127.0.0.1")).actualPort();
        int closed = freePort();
        clusterPort = freePort();
        node =
                TestNode.start(
                        directory.resolve("data"),
                        """
                        cluster: {enabled: true, members: ['127.0.0.1:%1$d'], voters: [test], port: %1$d, port_count: 1}
                        alerts: {rules: [{condition: export_blocked, hold_ms: 0}, {condition: dead_letters, hold_ms: 0}]}
                        notices: {webhooks: [{name: oncall, url: 'http://127.0.0.1:%3$d/secret'}], attempts: 1}
                        exports:
                        - {name: files, repo: access, sink: {type: file, directory: '%2$s'}}
                        - {name: drain, repo: access, sink: {type: blackhole}}
                        - {name: collector, repo: access, sink: {type: http, url: 'http://127.0.0.1:%3$d/'}}
                        - {name: checked, repo: orders, batch: {linger_ms: 0}, sink: {type: http, url: 'http://127.0.0.1:%4$d/'}}
                        - {name: archive, repo: orders, sink: {type: file, directory: '%2$s'}}
                        """
                                .formatted(clusterPort, directory.resolve("out"), closed, port));
        node.push("orders", 3, AckLevel.STAGED);
        traffic = new Thread(ConsoleBrowserTest::push, "traffic");
        traffic.start();
        // an order, which takes a leader and its table
        TestNode.until(
                () -> ADMIN.send("POST", "/v1/exports/orders/archive/pause", "").status() == 200);
        TestNode.until(() -> row("orders", "checked").getLong("dead_lettered_records") == 3);
        browser = new Chromium(program.orElseThrow(), directory.resolve("profile"));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void push() {
        while (!over) {
            try {
                node.push("access", 300, AckLevel.STAGED);
            } catch (Exception stopped) {
                if (!over) {
                    throw new AssertionError(stopped);
                }
            }
        }
    }

    private static JsonObject row(String repo, String export) throws Exception {
        return ADMIN.get("/v1/exports/" + repo + "/" + export).with(200).json();
    }

    @AfterAll
    static void stop() throws Exception {
        over = true;
        if (browser != null) {
            browser.close();
        }
        if (traffic != null) {
            traffic.join();
        }
        if (node != null) {
            ADMIN.send("POST", "/v1/exports/orders/archive/resume", "");
            node.close();
        }
        if (vertx != null) {
            TestNode.await(vertx.close());
        }
    }

    private static void show(String view) throws Exception {
        browser.open("http://" + node.admin() + "/console/#/" + view);
        browser.awaitTrue("location.hash === '#/" + view + "'");
        browser.awaitTrue("!!document.querySelector('main .card, main .tile')");
    }

    @Test
    @Order(1)
    void everyViewShowsInLightAndDarkAndOnAPhone() throws Exception {
        // some seconds to plot
        TestNode.until(
                () ->
                        ADMIN
                                        .get("/v1/history")
                                        .json()
                                        .getJsonObject("series")
                                        .getJsonArray("accepted_per_s")
                                        .stream()
                                        .filter(v -> v != null)
                                        .count()
                                > 5);
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {1280, 360}) {
                browser.look(width, 900, scheme);
                for (String view : VIEWS) {
                    show(view);
                    settled(view);
                    String name = "%s-%s-%d.png".formatted(view.replace('/', '-'), scheme, width);
                    browser.picture(PICTURES.resolve(name));
                    assertThat(browser.errors()).as("%s, %s, %d", view, scheme, width).isEmpty();
                    assertThat(
                                    (Boolean)
                                            browser.value(
                                                    "document.documentElement.scrollWidth <= innerWidth"))
                            .as("%s fits into %d", view, width)
                            .isTrue();
                }
            }
        }
    }

    private static void settled(String view) throws Exception {
        if (view.startsWith("export/") || view.startsWith("repo/") || view.equals("flow")) {
            browser.awaitTrue("!!document.querySelector('.plot .l[d^=M]')");
        } else if (view.startsWith("tail")) {
            browser.awaitTrue("document.querySelectorAll('.lines .k').length > 10");
        } else if (view.equals("letters")) {
            browser.awaitTrue("!!document.querySelector('[data-act=replay]')");
        } else if (view.equals("alerts")) {
            browser.awaitTrue("!!document.querySelector('table[aria-label=Alerts] .s-bad')");
            browser.awaitTrue("!!document.querySelector('table[aria-label=Events]')");
            browser.awaitTrue(
                    "+document.querySelector('nav a[href=\"#/alerts\"] .count').textContent > 1");
        } else if (view.equals("nodes")) {
            browser.awaitTrue("!!document.querySelector('.meter')");
        }
    }

    @Test
    @Order(2)
    void worksByKeyboard() throws Exception {
        browser.look(1280, 900, "light");
        show("flow");
        browser.press("2", '2');
        browser.awaitTrue("location.hash === '#/nodes'");
        browser.press("?", '?');
        browser.awaitTrue("!!document.querySelector('dialog[open]')");
        browser.press("Escape", 27);
        browser.awaitTrue("!document.querySelector('dialog')");
        browser.press("1", '1');
        browser.awaitTrue("!!document.getElementById('filter')");
        browser.press("/", 191);
        browser.awaitTrue("document.activeElement.id === 'filter'");
        browser.type("collector");
        browser.awaitTrue(
                "document.querySelectorAll('table[aria-label=Exports] tbody tr').length === 1");
        browser.press("Tab", 9);
        browser.awaitTrue("document.activeElement.textContent === 'access/collector'");
        assertThat((String) browser.value("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.press("Enter", 13);
        browser.value("document.activeElement.click()");
        browser.awaitTrue("location.hash === '#/export/access/collector'");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    @Order(3)
    void pausesAndResumesByAClick() throws Exception {
        show("export/access/drain");
        browser.click("[data-act=pause]");
        TestNode.until(() -> row("access", "drain").getBoolean("paused"));
        browser.awaitTrue("document.querySelector('[data-act=pause]').textContent === 'Resume'");
        browser.click("[data-act=pause]");
        TestNode.until(() -> !row("access", "drain").getBoolean("paused"));
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    @Order(4)
    void replaysADeadLetterAndAsksBeforeItDropsOne() throws Exception {
        show("letters/orders/checked");
        long held = letters();
        browser.click("[data-act=drop]");
        browser.awaitTrue(
                "document.querySelector('dialog[open]').textContent.includes('cannot be brought back')");
        browser.picture(PICTURES.resolve("drop-asks.png"));
        browser.press("Escape", 27);
        browser.awaitTrue("!document.querySelector('dialog')");
        assertThat(letters()).isEqualTo(held);
        REFUSE.set(200);
        browser.click("[data-act=replay]");
        TestNode.until(() -> letters() < held);
        if (letters() > 0) {
            long left = letters();
            browser.awaitTrue("document.querySelectorAll('[data-act=drop]').length === " + left);
            browser.click("[data-act=drop]");
            browser.click("[data-act=confirm]");
            TestNode.until(() -> letters() < left);
        }
        REFUSE.set(422);
        assertThat(browser.errors()).isEmpty();
    }

    private static long letters() throws Exception {
        return ADMIN.get("/v1/dlq?repo=orders&export=checked").json().getLong("held_letters");
    }

    @Test
    @Order(5)
    void makesAnExportWithAFormThatSaysWhatIsWrongAsOneTypes() throws Exception {
        show("new/access");
        browser.awaitTrue("document.querySelectorAll('#f-type option').length > 5");
        browser.value("document.getElementById('f-name').focus()");
        browser.type("copy");
        browser.value(
                "(() => {const s = document.getElementById('f-type'); s.value = 'http';"
                        + " s.dispatchEvent(new Event('change', {bubbles: true}))})()");
        browser.awaitTrue(
                "document.querySelector('.verdict').textContent.length > 0 && !!document.getElementById('f-url')");
        browser.value("document.getElementById('f-url').focus()");
        browser.type("nowhere");
        browser.awaitTrue("!!document.querySelector('.fault')");
        browser.picture(PICTURES.resolve("form-fault.png"));
        assertThat((Boolean) browser.value("document.querySelector('[data-act=save]').disabled"))
                .isTrue();
        browser.value("document.getElementById('f-url').select()");
        browser.type("http://127.0.0.1:1/");
        browser.awaitTrue("!document.querySelector('[data-act=save]').disabled");
        browser.picture(PICTURES.resolve("form-well.png"));
        browser.click("[data-act=save]");
        browser.awaitTrue("location.hash === '#/export/access/copy'");
        assertThat(row("access", "copy").getString("origin")).isEqualTo("request");
        // a dry run that finds a fault is answered with 422, which browsers log as an error
        assertThat(browser.errors())
                .allMatch(error -> error.contains("422") || error.contains("404"));
        ADMIN.send("DELETE", "/v1/exports/access/copy?force=true", "").with(200);
    }

    @Test
    @Order(6)
    void silencesAnAlertByKeyboardAlone() throws Exception {
        browser.look(1280, 900, "light");
        show("flow");
        browser.press("8", '8');
        browser.awaitTrue("location.hash === '#/alerts'");
        browser.awaitTrue("!!document.querySelector('[data-act=silence]:not([disabled])')");
        browser.value("document.querySelector('[data-act=silence]:not([disabled])').focus()");
        browser.value("document.activeElement.click()");
        browser.awaitTrue("document.activeElement.id === 's-for'");
        browser.press("Tab", 9);
        browser.awaitTrue("document.activeElement.id === 's-wide'");
        browser.press("Tab", 9);
        browser.awaitTrue("document.activeElement.id === 's-why'");
        browser.type("a test does it");
        browser.picture(PICTURES.resolve("silence-asks.png"));
        browser.value("document.activeElement.form.requestSubmit()");
        browser.awaitTrue("!document.querySelector('dialog')");
        browser.awaitTrue("!!document.querySelector('table[aria-label=Silences]')");
        JsonObject kept = ADMIN.get("/v1/alerts").json().getJsonArray("silences").getJsonObject(0);
        assertThat(kept.getString("reason")).isEqualTo("a test does it");
        browser.awaitTrue("!!document.querySelector('table[aria-label=Alerts] .s-hold')");
        browser.picture(PICTURES.resolve("silenced.png"));
        browser.value("document.querySelector('[data-act=unsilence]').focus()");
        browser.value("document.activeElement.click()");
        browser.awaitTrue("!document.querySelector('table[aria-label=Silences]')");
    }

    @Test
    @Order(7)
    void makesAReportAndShowsItInLightAndDarkAndOnAPhone() throws Exception {
        show("reports");
        browser.click("[data-act=daily]");
        browser.awaitTrue("location.hash.startsWith('#/reports/daily-')");
        String page = "document.getElementById('report').shadowRoot";
        browser.awaitTrue("!!" + page + " && " + page + ".querySelectorAll('svg').length >= 3");
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {1280, 360}) {
                browser.look(width, 900, scheme);
                browser.awaitTrue("document.documentElement.scrollWidth <= innerWidth");
                browser.picture(PICTURES.resolve("report-%s-%d.png".formatted(scheme, width)));
            }
        }
        // the page of an export that is gone asked for its history
        assertThat(browser.errors()).allMatch(error -> error.contains("404"));
    }

    @Test
    @Order(8)
    void balancesTheLedgerOfARepo() throws Exception {
        show("repo/orders");
        browser.click("[data-act=balance]");
        browser.awaitTrue(
                "document.querySelectorAll('table[aria-label=Ledger] tbody tr').length === 2");
        assertThat(
                        (String)
                                browser.value(
                                        "document.querySelector('table[aria-label=Ledger]').innerText"))
                .contains("checked", "archive");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    @Order(9)
    void showsTheNodesOfAClusterAndLetsOneGo() throws Exception {
        Gateway second =
                TestNode.make(
                        TestNode.yaml(
                                        directory.resolve("second"),
                                        "cluster: {enabled: true, members: ['127.0.0.1:%d'], voters: [test], port: %d, port_count: 1}"
                                                .formatted(clusterPort, freePort()))
                                .replace("id: test,", "id: test-2,"));
        try {
            TestNode.await(second.start());
            show("nodes");
            browser.awaitTrue(
                    "[...document.querySelectorAll('table[aria-label=Nodes] a')].some(a => a.textContent === 'test-2')");
            assertThat(
                            (String)
                                    browser.value(
                                            "document.querySelector('table[aria-label=Nodes] a').href"))
                    .isEqualTo("http://127.0.0.1:" + second.adminPort() + "/console/");
            browser.awaitTrue("document.querySelectorAll('.meter').length === 2");
            browser.picture(PICTURES.resolve("nodes-two.png"));
            show("assignments");
            browser.picture(PICTURES.resolve("assignments-two.png"));
            assertThat(browser.errors()).isEmpty();
        } finally {
            TestNode.await(second.stop());
        }
    }

    @Test
    @Order(10)
    void asksForAKeyWhereTheNodeDoesAndKeepsItInTheTab() throws Exception {
        Path file = directory.resolve("keys.json");
        KeyBook keys = new KeyBook(new KeyFile(file), System::currentTimeMillis);
        Key.Rights reads = new Key.Rights(Set.of(Role.READ), Scope.WHOLE);
        String key = Objects.requireNonNull(keys.create("eyes", reads, Key.NEVER).token()).text();
        try (TestNode locked =
                TestNode.start(
                        directory.resolve("locked"), "access: {keys_file: '%s'}".formatted(file))) {
            browser.open("http://" + locked.admin() + "/console/#/flow");
            browser.awaitTrue("document.activeElement.id === 'key'");
            browser.picture(PICTURES.resolve("sign-in.png"));
            browser.type("not-a-key");
            browser.value("document.activeElement.form.requestSubmit()");
            browser.awaitTrue(
                    "!!document.querySelector('[role=alert]') && document.activeElement.id === 'key'");
            browser.type(key);
            browser.value("document.activeElement.form.requestSubmit()");
            browser.awaitTrue(
                    "!document.querySelector('#key') && !!document.querySelector('main .card')");
        }
    }
}
