package io.penstock.exporter.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SinkContextTest {
    @Test
    void sinksOfOneExportAtDifferentPlacesHaveDifferentNames() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            SinkContext only =
                    new SinkContext(
                            vertx, new RepoName("web"), "out", Path.of("state"), Clock.systemUTC());
            assertThat(only.fileName()).isEqualTo("out");
            assertThat(only.mayMove()).isFalse();
            SinkContext here = only.at("node a");
            SinkContext forOthers = only.at("forwarded.node a.1f");
            assertThat(here.fileName()).isEqualTo("out@node_a");
            assertThat(forOthers.fileName()).isEqualTo("out@forwarded.node_a.1f");
            assertThat(here.mayMove()).isTrue();
            assertThat(here.stateDirectory()).isEqualTo(only.stateDirectory());
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }
}
