package io.penstock.perf.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {
    @TempDir private Path directory;

    /** Says where it is and then does nothing. */
    public static final class Idle {
        private Idle() {}

        /** The child's main. */
        public static void main(String[] args) throws InterruptedException {
            System.out.println("idle " + args[0]);
            Thread.sleep(60_000);
        }
    }

    /** Fails at once. */
    public static final class Broken {
        private Broken() {}

        /** The child's main. */
        public static void main(String[] args) {
            if (args.length == 1) {
                throw new IllegalStateException("no way " + args[0]);
            }
        }
    }

    @Test
    void aChildEndsWithItsHandle() throws Exception {
        ChildJvm child = start(Idle.class);
        child.await(
                20_000, output -> output.contains("idle 7") ? Optional.of(1) : Optional.empty());

        assertThat(ProcFs.cpuSeconds(child.handle())).isPositive();
        assertThat(ProcFs.memory(child.handle()).rss()).isGreaterThan(10);
        child.close();

        assertThat(child.alive()).isFalse();
    }

    @Test
    void aChildEndsWhenItsParentIsGone() throws Exception {
        try (ChildJvm child = start(Idle.class)) {
            child.await(
                    20_000, output -> output.contains("idle") ? Optional.of(1) : Optional.empty());

            child.letGo();

            child.handle().onExit().get(20, TimeUnit.SECONDS);
            assertThat(child.alive()).isFalse();
        }
    }

    @Test
    void aChildThatFailsIsToldWithItsLastWords() throws Exception {
        try (ChildJvm child = start(Broken.class)) {
            assertThatThrownBy(() -> child.await(20_000, output -> Optional.empty()))
                    .hasMessageContaining("no way 7")
                    .hasMessageContaining("code 1");
        }
    }

    private ChildJvm start(Class<?> main) throws Exception {
        JvmOptions small = new JvmOptions(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
        Path log = directory.resolve(main.getSimpleName() + ".log");
        return ChildJvm.start(main, List.of("7"), small, Cores.SHARED, log);
    }
}
