package io.penstock.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.gateway.docs.Page.Block;
import io.penstock.gateway.docs.PageRun.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the shell of every page as it stands, and holds what a page says that it says. See {@link
 * Page} for what is run and what is not.
 */
class PagesTest {
    /** Pages whose shell is not run here, and why. */
    private static final Map<String, String> NOT_RUN =
            Map.of(
                    "docs/access.md", "ID stands for a key of the reader's; KeysCommandTest",
                    "docs/admin.md", "AdminPageTest runs it, and holds the status of each line",
                    "docs/alerting.md", "channels of the reader's; AlertingPageTest, WatchNodeTest",
                    "docs/capacity.md", "a node that has run for long; PlanningNodeTest",
                    "docs/cli.md", "CliPageTest knows every verb and option of it",
                    "docs/clients.md", "ClientsPageTest runs it, program by program",
                    "docs/console.md", "streams that do not end; ConsoleTest",
                    "docs/reports.md", "a node that has run for long; PlanningNodeTest");

    private static final List<String> TOOLS = List.of("bash", "curl", "openssl", "javac");

    /** Ports that pages use; looked at where there is no network of their own. */
    private static final int[] PORTS = {4317, 4318, 4400, 4401, 4410, 4510, 4511};

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d.,]*");

    /** Pages that run at once: shell mostly waits for what it started. */
    private static final int AT_ONCE = 2;

    private static final long END_S = 10;
    private static final Map<String, Future<Result>> RUNS = new HashMap<>();
    private static @Nullable ExecutorService runners;

    @TempDir private static Path directory;

    @BeforeAll
    static void begin() throws Exception {
        for (String tool : TOOLS) {
            assumeTrue(PageRun.isThere(tool), tool + " is not installed");
        }
        boolean ownNetwork = PageRun.networksAreGiven();
        assumeTrue(ownNetwork || portsAreFree(), "ports of the pages are in use, or not to be had");
        ExecutorService begun = Executors.newFixedThreadPool(ownNetwork ? AT_ONCE : 1);
        runners = begun;
        for (Page page : pages()) {
            Path place = directory.resolve(page.path().replace('/', '_'));
            RUNS.put(page.path(), begun.submit(() -> new PageRun(place, ownNetwork).run(page)));
        }
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (runners != null) {
            runners.shutdownNow();
            assertThat(runners.awaitTermination(END_S, TimeUnit.SECONDS)).isTrue();
        }
    }

    static List<Page> pages() throws IOException {
        return Page.all().stream()
                .filter(page -> page.hasShell() && !NOT_RUN.containsKey(page.path()))
                .toList();
    }

    @Test
    void thePagesThatAreNotRunAreThereAndHaveShell() throws IOException {
        List<String> withShell =
                Page.all().stream()
                        .filter(page -> page.text().contains("\n```sh"))
                        .map(Page::path)
                        .toList();
        assertThat(withShell).containsAll(NOT_RUN.keySet());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void doesWhatItSays(Page page) throws Exception {
        Result result = Objects.requireNonNull(RUNS.get(page.path())).get();
        String last = Objects.requireNonNullElse(result.said().get(result.lastLine()), "");
        assertThat(result.exitCode()).as("%s:%d: %s", page, result.lastLine(), last).isZero();
        List<Block> blocks = page.blocks();
        for (int i = 0; i + 1 < blocks.size(); i++) {
            Block behind = blocks.get(i + 1);
            if (blocks.get(i).isShell() && behind.isOutput()) {
                says(page, behind, result.said().getOrDefault(blocks.get(i).line(), ""));
            }
        }
    }

    /** Numbers may be others, and … is anything. */
    private static void says(Page page, Block expected, String said) {
        List<String> lines = said.lines().map(PagesTest::likeness).toList();
        for (String line : expected.content().lines().toList()) {
            Pattern like =
                    Pattern.compile(
                            List.of(likeness(line).split("…", -1)).stream()
                                    .map(Pattern::quote)
                                    .collect(Collectors.joining(".*")));
            assertThat(lines)
                    .as("%s:%d: %s", page, expected.line(), line)
                    .anyMatch(each -> like.matcher(each).matches());
        }
    }

    private static String likeness(String line) {
        String numbers = NUMBER.matcher(line).replaceAll("#");
        return SPACE.matcher(numbers).replaceAll(" ").strip();
    }

    private static boolean portsAreFree() {
        for (int port : PORTS) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(probe.isBound()).isTrue();
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
