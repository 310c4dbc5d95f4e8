package io.penstock.gateway.notify;

import io.penstock.gateway.notify.WebWire.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is in the bodies of requests. Threading: any thread. */
final class WebForms {
    private static final String HMAC = "HmacSHA256";

    /** Longest text that is sent on; Slack cuts a text of an attachment at about this. */
    private static final int MAX_SLACK_TEXT = 3000;

    private WebForms() {}

    /**
     * Our own form. With a secret, the header {@code penstock-signature: t=SECONDS,v1=HEX} has the
     * HMAC-SHA256 of {@code SECONDS.BODY}, so that whoever takes it can tell ours from others and
     * old ones from new.
     *
     * @param clockMs since the epoch
     */
    static Function<Notice, Body> own(String secret, LongSupplier clockMs) {
        return notice -> {
            long nowMs = clockMs.getAsLong();
            Buffer body = ownBody(notice, nowMs).toBuffer();
            return new Body(
                    body,
                    secret.isEmpty()
                            ? Map.of()
                            : Map.of("penstock-signature", signature(secret, nowMs / 1000, body)));
        };
    }

    private static JsonObject ownBody(Notice notice, long nowMs) {
        JsonObject json =
                new JsonObject()
                        .put("version", 1)
                        .put("kind", notice.kind())
                        .put("tone", notice.tone().name().toLowerCase(Locale.ROOT))
                        .put("time", Instant.ofEpochMilli(nowMs).toString())
                        .put("subject", notice.subject())
                        .put("text", notice.text())
                        .put("data", notice.data());
        JsonArray attachments = new JsonArray();
        for (Notice.Attachment attachment : notice.attachments()) {
            attachments.add(
                    new JsonObject()
                            .put("name", attachment.name())
                            .put("content_type", attachment.contentType())
                            .put("bytes", attachment.content().length()));
        }
        return attachments.isEmpty() ? json : json.put("attachments", attachments);
    }

    static String signature(String secret, long seconds, Buffer body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
        } catch (GeneralSecurityException missing) { // every JDK has it
            throw new IllegalStateException(missing);
        }
    }

    /** The form of Slack: a line, and the text beside a coloured bar. */
    static Function<Notice, Body> slack() {
        return notice -> {
            JsonObject beside =
                    new JsonObject()
                            .put("color", notice.tone().colour())
                            .put("fallback", escaped(notice.subject()))
                            .put("text", escaped(cut(notice.text())));
            JsonObject json =
                    new JsonObject()
                            .put("text", escaped(notice.subject()))
                            .put("attachments", new JsonArray().add(beside));
            return new Body(json.toBuffer(), Map.of());
        };
    }

    private static String cut(String text) {
        return text.length() <= MAX_SLACK_TEXT ? text : text.substring(0, MAX_SLACK_TEXT) + "…";
    }

    /** Slack's own rule; whatever stands between the other signs could call people or be a link. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
