package io.penstock.gateway.notify;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Something to tell people.
 *
 * <p>Threading: immutable, as long as nobody changes what {@code data} was made from.
 *
 * @param kind what it is about, in a word: "alert", "report", "test"
 * @param tone how it is meant
 * @param subject one line; control characters become spaces, and it is cut at {@link #MAX_SUBJECT}
 * @param text the whole of it, without markup
 * @param html the same for mail; empty for none
 * @param data the same for programs; goes to webhooks as {@code data}
 * @param attachments for mail
 */
public record Notice(
        String kind,
        Tone tone,
        String subject,
        String text,
        String html,
        JsonObject data,
        List<Attachment> attachments) {

    /** Longest subject, in characters. */
    public static final int MAX_SUBJECT = 200;

    /** Most that text, HTML and attachments may have together. */
    public static final int MAX_BYTES = 4 << 20;

    /**
     * A file beside the text.
     *
     * @param name of the file, which is its content id too
     * @param contentType as {@code image/png}
     * @param content the bytes
     */
    public record Attachment(String name, String contentType, Buffer content) {
        /** Checks what ends up in headers. */
        public Attachment {
            if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
                throw new IllegalArgumentException("name: A-Z a-z 0-9 . _ - alone, is " + name);
            }
            if (!contentType.matches("[a-z]+/[a-z0-9.+-]+(; ?charset=[A-Za-z0-9-]+)?")) {
                throw new IllegalArgumentException("content type: " + contentType);
            }
        }
    }

    /**
     * Cuts and checks.
     *
     * @throws IllegalArgumentException when it is larger than {@link #MAX_BYTES}
     */
    public Notice {
        subject = oneLine(subject);
        attachments = List.copyOf(attachments);
        long bytes = bytes(text) + bytes(html);
        for (Attachment attachment : attachments) {
            bytes += attachment.content().length();
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a notice of " + bytes + " bytes; there may be " + MAX_BYTES);
        }
    }

    /** One that is plain. */
    public Notice(String subject, String text, String html, Attachment... attachments) {
        this("notice", Tone.PLAIN, subject, text, html, new JsonObject(), List.of(attachments));
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= MAX_SUBJECT ? line : line.substring(0, MAX_SUBJECT - 1) + "…";
    }

    /** The same, about something else. */
    public Notice of(String about, Tone how) {
        return new Notice(about, how, subject, text, html, data, attachments);
    }

    /** The same, with this for programs. */
    public Notice with(JsonObject forPrograms) {
        return new Notice(kind, tone, subject, text, html, forPrograms, attachments);
    }
}
