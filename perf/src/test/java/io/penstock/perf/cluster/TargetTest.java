package io.penstock.perf.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Target target;

    @BeforeEach
    void start() throws Exception {
        target = Target.start("127.0.0.1");
    }

    @AfterEach
    void stop() {
        target.close();
    }

    @Test
    void whatIsMissingIsSeen() throws Exception {
        deliver("a", "id-1", "{\"p\":3,\"n\":0}\n{\"p\":3,\"n\":2}\n");

        assertThat(target.missing(3, 1)).isZero();
        assertThat(target.missing(3, 3)).isEqualTo(1);
        assertThat(target.missing(4, 2)).isEqualTo(2);
        assertThat(target.records()).isEqualTo(2);
        assertThat(target.faults()).isEmpty();
    }

    @Test
    void aDeliveryThatComesAgainIsNotCountedAgain() throws Exception {
        deliver("a", "id-1", "{\"p\":1,\"n\":0}\n");
        deliver("b", "id-1", "{\"p\":1,\"n\":0}\n");

        assertThat(target.again()).isEqualTo(1);
        assertThat(target.records()).isEqualTo(1);
        assertThat(target.contradictions()).isZero();
        assertThat(target.arrivals()).extracting(Arrival::node).containsExactly("a", "b");
        assertThat(target.arrivals()).extracting(Arrival::repo).containsOnly("r0");
    }

    @Test
    void aRecordUnderASecondIdIsSeen() throws Exception {
        deliver("a", "id-1", "{\"p\":1,\"n\":0}\n");
        deliver("a", "id-2", "{\"p\":1,\"n\":1}\n{\"p\":1,\"n\":0}\n");

        assertThat(target.contradictions()).isEqualTo(1);
        assertThat(target.faults())
                .isEqualTo(List.of("record 1/0 came under a second delivery id: id-2"));
    }

    @Test
    void anIdWithAnotherContentIsSeen() throws Exception {
        deliver("a", "id-1", "{\"p\":1,\"n\":0}\n");
        deliver("a", "id-1", "{\"p\":1,\"n\":1}\n");

        assertThat(target.contradictions()).isEqualTo(1);
        assertThat(target.faults()).isEqualTo(List.of("delivery id-1 came with another content"));
    }

    @Test
    void aLineThatNobodyPushedIsSeen() throws Exception {
        deliver("a", "id-1", "{\"p\":1,\"x\":0}\n");

        assertThat(target.faults()).hasSize(1);
    }

    private void deliver(String node, String id, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target.port() + "/r0"))
                        .header(TrialNode.HEADER, node)
                        .header("Idempotency-Key", id)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(204);
    }
}
