package io.penstock.gateway.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.penstock.exporter.tls.Pem;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.notify.MailChannelConfig.Security;
import io.penstock.gateway.tls.TestAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail, read at a server on this machine, with TLS and a password. */
class MailTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String KEYSTORE = "greenmail.tls.keystore.";
    private static final Notice NOTICE =
            new Notice(
                    "3 exports lag: älteste 5 min",
                    "Text für alle.\n.\nEnde",
                    "<p>Text <b>für</b> alle <img src=\"cid:plot.png\"></p>",
                    new Notice.Attachment("plot.png", "image/png", Buffer.buffer("PNG")),
                    new Notice.Attachment("report.md", "text/markdown", Buffer.buffer("# md")));

    @TempDir private static Path directory;
    private static Path trusted;
    private static GreenMail server;

    @BeforeAll
    static void start() throws Exception {
        TestAuthority authority = new TestAuthority("CN=mail authority");
        trusted = authority.write(directory.resolve("ca.pem"));
        TestAuthority.Issued issued = authority.issue(directory, "mail", "CN=localhost");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "mail",
                Pem.privateKey(Files.readAllBytes(issued.key())),
                "changeit".toCharArray(),
                Pem.certificates(Files.readAllBytes(issued.certificate()))
                        .toArray(new X509Certificate[0]));
        Path file = directory.resolve("mail.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        System.setProperty(KEYSTORE + "file", file.toString());
        System.setProperty(KEYSTORE + "password", "changeit");
        server =
                new GreenMail(
                        new ServerSetup[] {
                            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
                            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
                        });
        server.setUser("oncall@example.org", "me", "pa55word");
        server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        System.clearProperty(KEYSTORE + "file");
        System.clearProperty(KEYSTORE + "password");
        TestNode.await(VERTX.close());
    }

    private static void send(MailChannelConfig mail) throws Exception {
        NotifyConfig config =
                new NotifyConfig(5000, 2, 10, 30, List.of(), List.of(), List.of(mail));
        Channels channels = new Channels(VERTX, config, System::currentTimeMillis);
        TestNode.await(channels.open());
        try {
            TestNode.await(channels.find("mail").orElseThrow().send(NOTICE));
        } finally {
            TestNode.await(channels.close());
        }
    }

    private static MailChannelConfig mail(
            int port, Security security, String user, String password, String caFile) {
        return new MailChannelConfig(
                "mail",
                "localhost",
                port,
                security,
                user,
                password,
                "penstock@example.org",
                List.of("oncall@example.org", "second@example.org"),
                caFile);
    }

    @Test
    void aMailWithTextHtmlAndFilesArrivesOverTlsWithAPassword() throws Exception {
        int before = server.getReceivedMessages().length;
        send(mail(server.getSmtps().getPort(), Security.TLS, "me", "pa55word", trusted.toString()));
        MimeMessage[] received = server.getReceivedMessages();
        assertThat(received).hasSize(before + 2); // one for each receiver
        MimeMessage message = received[before];
        assertThat(message.getSubject()).isEqualTo(NOTICE.subject());
        assertThat(message.getFrom()[0].toString()).isEqualTo("penstock@example.org");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        List<String> parts = new ArrayList<>();
        walk(message, parts);
        assertThat(parts)
                .containsExactlyInAnyOrder(
                        "text/plain - Text für alle.\n.\nEnde",
                        "text/html - <p>Text <b>für</b> alle <img src=\"cid:plot.png\"></p>",
                        "image/png plot.png PNG",
                        "text/markdown report.md # md");
    }

    private static void walk(Part part, List<String> into) throws Exception {
        if (part.getContent() instanceof Multipart many) {
            for (int i = 0; i < many.getCount(); i++) {
                BodyPart each = many.getBodyPart(i);
                walk(each, into);
            }
            return;
        }
        String type = part.getContentType().replaceAll(";(?s).*", "").strip();
        String name = part.getFileName() == null ? "-" : part.getFileName();
        byte[] content = part.getInputStream().readAllBytes();
        into.add(
                type
                        + " "
                        + name
                        + " "
                        + new String(content, StandardCharsets.UTF_8)
                                .replace("\r\n", "\n")
                                .strip());
    }

    @Test
    void aWrongPasswordIsNotTriedAgainAndNotTold() {
        int port = server.getSmtps().getPort();
        assertThatThrownBy(() -> send(mail(port, Security.TLS, "me", "wr0ng", trusted.toString())))
                .isInstanceOf(LostNoticeException.class)
                .hasMessageContaining("535")
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void aServerThatIsNotTrustedGetsNothing() {
        int port = server.getSmtps().getPort();
        int before = server.getReceivedMessages().length;
        assertThatThrownBy(() -> send(mail(port, Security.TLS, "me", "pa55word", "")))
                .isInstanceOf(LostNoticeException.class);
        assertThat(server.getReceivedMessages()).hasSize(before);
    }

    @Test
    void aServerWithoutStarttlsGetsNothingUnlessThatIsSaid() throws Exception {
        int port = server.getSmtp().getPort();
        int before = server.getReceivedMessages().length;
        assertThatThrownBy(() -> send(mail(port, Security.STARTTLS, "", "", "")))
                .isInstanceOf(LostNoticeException.class);
        assertThat(server.getReceivedMessages()).hasSize(before);
        send(mail(port, Security.NONE, "", "", ""));
        assertThat(server.getReceivedMessages()).hasSize(before + 2);
    }
}
