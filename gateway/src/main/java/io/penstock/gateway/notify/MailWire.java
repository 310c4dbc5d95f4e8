package io.penstock.gateway.notify;

import io.penstock.exporter.tls.ClientTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Mail to a server of SMTP, over a connection of its own each time. */
final class MailWire implements Wire {
    private final MailClient client;
    private final MailChannelConfig config;

    /** A wire; reads the file of certificates, which blocks. */
    MailWire(Vertx vertx, MailChannelConfig config, long timeoutMs) {
        this.config = config;
        MailConfig mail =
                new MailConfig(config.host(), config.port())
                        .setOwnHostname(config.ownName())
                        .setUserAgent("penstock")
                        .setKeepAlive(false)
                        .setMaxPoolSize(1)
                        .setConnectTimeout((int) timeoutMs)
                        .setIdleTimeout((int) timeoutMs)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setHostnameVerificationAlgorithm("HTTPS");
        TrustOptions trust = trust(config.caFile());
        if (trust != null) {
            mail.setTrustOptions(trust);
        }
        switch (config.security()) {
            case STARTTLS -> mail.setStarttls(StartTLSOptions.REQUIRED);
            case TLS -> mail.setSsl(true).setStarttls(StartTLSOptions.DISABLED);
            case NONE -> mail.setStarttls(StartTLSOptions.DISABLED);
        }
        if (config.username().isEmpty()) {
            mail.setLogin(LoginOption.DISABLED);
        } else {
            mail.setLogin(LoginOption.REQUIRED)
                    .setUsername(config.username())
                    .setPassword(config.password());
        }
        this.client = MailClient.create(vertx, mail);
    }

    /** Null for the platform's. */
    private static @Nullable TrustOptions trust(String caFile) {
        return caFile.isEmpty()
                ? null
                : new ClientTls(caFile, "", "", false)
                        .apply(new HttpClientOptions())
                        .getTrustOptions();
    }

    @Override
    public Future<Void> post(Notice notice) {
        MailMessage message =
                new MailMessage()
                        .setFrom(config.from())
                        .setTo(config.to())
                        .setSubject(notice.subject())
                        .setText(notice.text())
                        // so that no vacation answers, RFC 3834
                        .addHeader("Auto-Submitted", "auto-generated");
        if (!notice.html().isEmpty()) {
            message.setHtml(notice.html());
        }
        List<MailAttachment> inline = new ArrayList<>();
        List<MailAttachment> beside = new ArrayList<>();
        for (Notice.Attachment attachment : notice.attachments()) {
            boolean isShown = notice.html().contains("cid:" + attachment.name());
            (isShown ? inline : beside).add(attached(attachment, isShown));
        }
        if (!inline.isEmpty()) {
            message.setInlineAttachment(inline);
        }
        if (!beside.isEmpty()) {
            message.setAttachment(beside);
        }
        return client.sendMail(message).recover(MailWire::judged).mapEmpty();
    }

    private static MailAttachment attached(Notice.Attachment attachment, boolean isShown) {
        MailAttachment part =
                MailAttachment.create()
                        .setName(attachment.name())
                        .setContentType(attachment.contentType())
                        .setData(attachment.content())
                        .setDisposition(isShown ? "inline" : "attachment");
        return isShown ? part.setContentId("<" + attachment.name() + ">") : part;
    }

    /** What the server said is told by its number: its words may repeat ours. */
    private static <T> Future<T> judged(Throwable cause) {
        if (cause instanceof SMTPException said) {
            return Future.failedFuture(
                    new LostNoticeException(
                            "the mail server answers " + said.getReplyCode(), said.isPermanent()));
        }
        return Future.failedFuture(cause);
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
