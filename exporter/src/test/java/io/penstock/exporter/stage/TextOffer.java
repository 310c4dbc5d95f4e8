package io.penstock.exporter.stage;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.ring.SlotWriter;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A batch of text lines whose answer a test can await. Any thread. */
public final class TextOffer implements Offer {
    private final RepoName repo;
    private final AckLevel ack;
    private final byte[] body;
    private final int records;
    private final long producerId;
    private final long sequence;
    private final Promise<Object> answer = Promise.promise();
    private final AtomicInteger answers = new AtomicInteger();

    private TextOffer(
            RepoName repo, AckLevel ack, List<String> lines, long producerId, long sequence) {
        this.repo = repo;
        this.ack = ack;
        this.body = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        this.records = lines.size();
        this.producerId = producerId;
        this.sequence = sequence;
    }

    /** Lines without a producer. */
    public static TextOffer of(RepoName repo, AckLevel ack, List<String> lines) {
        return new TextOffer(repo, ack, lines, 0, 0);
    }

    /** Lines of a producer. */
    public static TextOffer of(
            RepoName repo, AckLevel ack, List<String> lines, long producerId, long sequence) {
        return new TextOffer(repo, ack, lines, producerId, sequence);
    }

    /** A {@link Receipt} or a {@link Refusal}. */
    public Future<Object> answer() {
        return answer.future();
    }

    /** How often it was answered; 1 is right. */
    public int answers() {
        return answers.get();
    }

    @Override
    public RepoName repo() {
        return repo;
    }

    @Override
    public AckLevel ack() {
        return ack;
    }

    @Override
    public void accepted(Receipt receipt) {
        answers.incrementAndGet();
        answer.tryComplete(receipt);
    }

    @Override
    public void refused(Refusal why) {
        answers.incrementAndGet();
        answer.tryComplete(why);
    }

    @Override
    public int bodyBytes() {
        return body.length;
    }

    @Override
    public int records() {
        return records;
    }

    @Override
    public byte encoding() {
        return Encoding.TEXT.code();
    }

    @Override
    public long producerId() {
        return producerId;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long arrivedMs() {
        return System.currentTimeMillis();
    }

    @Override
    public void writeBody(SlotWriter slot) {
        slot.put(body, 0, body.length);
    }
}
