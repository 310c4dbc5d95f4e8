package io.penstock.gateway.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.notify.MailChannelConfig.Security;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Webhooks in both forms, against a server on this machine. */
class ChannelsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Notice NOTICE =
            new Notice("two <exports> lag\r\nBcc: x", "text & more", "<p>text</p>")
                    .of("alert", Tone.BAD)
                    .with(new JsonObject().put("firing", 2));

    private static Hook hook;
    private static ListAppender<ILoggingEvent> log;
    private Channels channels;

    @BeforeAll
    static void start() throws Exception {
        hook = new Hook(VERTX);
        log = new ListAppender<>();
        log.start();
        ((Logger) LoggerFactory.getLogger("io.penstock.gateway.notify")).addAppender(log);
    }

    @AfterAll
    static void stop() throws Exception {
        ((Logger) LoggerFactory.getLogger("io.penstock.gateway.notify")).detachAppender(log);
        hook.close();
        TestNode.await(VERTX.close());
    }

    @BeforeEach
    void open() throws Exception {
        hook.calls().clear();
        hook.answer(200);
        channels = channels(hook.url(), 3);
    }

    @AfterEach
    void close() throws Exception {
        TestNode.await(channels.close());
    }

    private static Channels channels(String url, int perMinute) throws Exception {
        NotifyConfig config =
                new NotifyConfig(
                        2000,
                        3,
                        10,
                        perMinute,
                        List.of(
                                new WebhookConfig(
                                        "hook",
                                        url,
                                        Map.of("authorization", "Bearer t0k"),
                                        "key",
                                        "")),
                        List.of(new SlackConfig("chat", url, "")),
                        List.of());
        Channels made = new Channels(VERTX, config, () -> 1_700_000_000_123L);
        TestNode.await(made.open());
        return made;
    }

    private Channel channel(String name) {
        return channels.find(name).orElseThrow();
    }

    @Test
    void aWebhookGetsTheNoticeWithASignatureThatFits() throws Exception {
        TestNode.await(channel("hook").send(NOTICE));
        Hook.Call call = hook.calls().get(0);
        assertThat(call.json())
                .isEqualTo(
                        new JsonObject()
                                .put("version", 1)
                                .put("kind", "alert")
                                .put("tone", "bad")
                                .put("time", "2023-11-14T22:13:20.123Z")
                                .put("subject", "two <exports> lag Bcc: x")
                                .put("text", "text & more")
                                .put("data", new JsonObject().put("firing", 2)));
        assertThat(call.headers())
                .containsEntry("authorization", "Bearer t0k")
                .containsEntry(
                        "penstock-signature",
                        WebForms.signature("key", 1_700_000_000, call.body()));
        assertThat(channel("hook").stats().sent()).isEqualTo(1);
        assertThat(channel("hook").stats().lastSentMs()).isEqualTo(1_700_000_000_123L);
    }

    /** HMAC-SHA256 of {@code 5.{}} with the key {@code key}, by {@code openssl dgst}. */
    @Test
    void theSignatureIsWhatOthersComputeToo() {
        assertThat(WebForms.signature("key", 5, new JsonObject().toBuffer()))
                .isEqualTo(
                        "t=5,v1=9be615aec64f0d044b5ad6854ab1d893ec88617fb728d2149dcd3a3428e8c45d");
    }

    @Test
    void slackGetsALineAndTheTextBesideABar() throws Exception {
        TestNode.await(channel("chat").send(NOTICE));
        JsonObject sent = hook.calls().get(0).json();
        assertThat(sent.getString("text")).isEqualTo("two &lt;exports&gt; lag Bcc: x");
        JsonObject beside = sent.getJsonArray("attachments").getJsonObject(0);
        assertThat(beside.getString("color")).isEqualTo(Tone.BAD.colour());
        assertThat(beside.getString("text")).isEqualTo("text &amp; more");
        assertThat(hook.calls().get(0).headers()).doesNotContainKey("penstock-signature");
    }

    @Test
    void triesAgainWhereThatMayHelpAndNotForEver() throws Exception {
        hook.answer(503);
        assertThatThrownBy(() -> TestNode.await(channel("hook").send(NOTICE)))
                .isInstanceOf(LostNoticeException.class)
                .hasMessage("status 503");
        assertThat(hook.calls()).hasSize(3);
        ChannelStats stats = channel("hook").stats();
        assertThat(stats.lost()).isEqualTo(1);
        assertThat(stats.retries()).isEqualTo(2);
        assertThat(stats.lastError()).isEqualTo("status 503");
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("channel hook lost"))
                .noneMatch(line -> line.contains("pathsecret") || line.contains("t0k"));
    }

    @Test
    void asksOnceOnlyWhereTheAnswerWillNotChange() {
        hook.answer(404);
        assertThatThrownBy(() -> TestNode.await(channel("chat").send(NOTICE)))
                .hasMessage("status 404");
        assertThat(hook.calls()).hasSize(1);
    }

    @Test
    void losesWhatIsBeyondTheRate() throws Exception {
        for (int i = 0; i < 3; i++) {
            TestNode.await(channel("hook").send(NOTICE));
        }
        assertThatThrownBy(() -> TestNode.await(channel("hook").send(NOTICE)))
                .hasMessage("more than 3 in a minute");
        assertThat(hook.calls()).hasSize(3);
        TestNode.await(channel("chat").send(NOTICE)); // a bound is a channel's own
    }

    @Test
    void aServerThatIsNotThereIsToldOfWithoutItsAddress() throws Exception {
        Channels nobody = channels("http://127.0.0.1:1/pathsecret", 3);
        assertThatThrownBy(() -> TestNode.await(nobody.find("hook").orElseThrow().send(NOTICE)))
                .hasMessage("the connection is refused");
        TestNode.await(nobody.close());
        assertThatThrownBy(() -> TestNode.await(nobody.find("hook").orElseThrow().send(NOTICE)))
                .hasMessage("the channel is closed");
    }

    @Test
    void configurationsThatWouldTellSecretsAreRefused() {
        assertThatThrownBy(() -> mail("mail.example.org", Security.NONE, "me"))
                .hasMessageContaining("in the clear");
        assertThat(mail("127.0.0.1", Security.NONE, "me").toString()).doesNotContain("pw");
        assertThatThrownBy(() -> new SlackConfig("a", "http://u:p@h/x", ""))
                .hasMessageStartingWith("url: ")
                .hasMessageNotContaining("u:p");
        WebhookConfig webhook =
                new WebhookConfig("a", "http://h/pathsecret", Map.of("a", "t0k"), "key", "");
        assertThat(webhook.toString()).doesNotContain("pathsecret").doesNotContain("t0k");
        assertThatThrownBy(
                        () ->
                                new NotifyConfig(
                                        1000,
                                        1,
                                        10,
                                        1,
                                        List.of(webhook, webhook),
                                        List.of(),
                                        List.of()))
                .hasMessageContaining("two channels are called 'a'");
    }

    private static MailChannelConfig mail(String host, Security security, String user) {
        return new MailChannelConfig(
                "m", host, 25, security, user, "pw", "a@b.org", List.of("c@d.org"), "");
    }
}
