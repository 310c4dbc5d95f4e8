package io.penstock.gateway.door;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.gateway.http.Dialect;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Inflated;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.PushOffer;
import io.penstock.gateway.otlp.OtlpDoor;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries a {@link DoorRequest} through the data port: its parts are offered one after the other,
 * each when the one before is answered, the rest of them also when one was refused.
 *
 * <p>Threading: confined to the event loop of its lane, but the conversion.
 */
public final class DoorDialect implements Dialect {
    /** Most parts of a request. Answers may come at once, so this bounds a stack, too. */
    public static final int MAX_PARTS = 64;

    private static final Fault NOTHING = Fault.of(FaultKind.MALFORMED, "nothing to stage");

    private final Lane lane;
    private final DoorRequest door;
    private final AckLevel ack;
    // Written off the event loop, before the hand-over to it.
    private List<Part> parts = List.of();
    private boolean read;

    private Fates fates = new Fates(0);
    private int next;
    private boolean offered;

    private DoorDialect(Lane lane, DoorRequest door, AckLevel ack) {
        this.lane = lane;
        this.door = door;
        this.ack = ack;
    }

    /**
     * Reads a request's body and has it answered.
     *
     * @param coding how the body is packed; null for a way that nobody here knows
     */
    public static void begin(
            Lane lane, HttpServerRequest request, @Nullable Coding coding, DoorRequest door) {
        OtlpDoor.Headers said = OtlpDoor.Headers.read(request.headers());
        String repo = said.repo();
        Fault fault = said.fault();
        if (lane.node().draining()) {
            fault = lane.node().drainingFault();
        } else if (repo != null && !RepoName.fault(repo).isEmpty()) {
            fault = Fault.of(FaultKind.MALFORMED, OtlpDoor.REPO + ": " + RepoName.fault(repo));
        } else if (fault == null) {
            fault = HttpIngress.tooLong(lane, request);
        }
        if (fault != null || coding == null) {
            door.refuse(request, fault == null ? HttpIngress.unknownCoding() : fault);
            return;
        }
        HttpIngress.begin(lane, request, coding, new DoorDialect(lane, door, said.ack()));
    }

    /** The repo that the header names, or null. */
    public static @Nullable String repo(HttpServerRequest request) {
        return request.getHeader(OtlpDoor.REPO);
    }

    @Override
    public Function<ByteChunks, Inflated> conversion() {
        return this::converted;
    }

    private Inflated converted(ByteChunks body) {
        byte[] whole = new byte[body.length()];
        body.range(0, whole.length);
        body.read(whole, 0, whole.length);
        Reading reading = door.read(whole, whole.length);
        if (reading.fault() != null) {
            return Inflated.failed(reading.fault());
        }
        ByteChunks made = new ByteChunks();
        reading.parts().forEach(part -> made.add(part.bytes(), 0, part.length()));
        parts = reading.parts();
        read = true;
        return Inflated.of(made);
    }

    /** Takes the first part that can be offered; the bytes of all were counted together. */
    @Override
    public @Nullable Fault take(PushOffer offer, ByteChunks body, int budgeted) {
        lane.giveBack(body);
        fates = new Fates(parts.size());
        return takesPart(offer) ? null : NOTHING;
    }

    @Override
    public boolean allowsNothing(PushOffer offer) {
        return true;
    }

    @Override
    public boolean takesNext(PushOffer offer, @Nullable Receipt receipt, @Nullable Fault fault) {
        if (!offered) {
            return false;
        }
        offered = false;
        fates.set(next - 1, fault);
        return takesPart(offer);
    }

    private boolean takesPart(PushOffer offer) {
        while (next < parts.size()) {
            Part part = parts.get(next);
            Fault fault = offered(offer, part);
            fates.set(next++, fault);
            if (fault == null) {
                offered = true;
                return true;
            }
            offer.letGo();
        }
        return false;
    }

    private @Nullable Fault offered(PushOffer offer, Part part) {
        ByteChunks chunks = lane.borrow();
        chunks.add(part.bytes(), 0, part.length());
        byte[] utf8 = part.repo().getBytes(StandardCharsets.UTF_8);
        KnownRepo repo = lane.repo(utf8, utf8.length);
        offer.producer(0, 0);
        if (repo == null) {
            offer.keep(chunks, part.length());
            return Fault.of(FaultKind.MALFORMED, RepoName.fault(part.repo()));
        }
        return offer.batch(repo, ack, part.encoding(), chunks, part.length());
    }

    @Override
    public void accept(HttpServerRequest request, @Nullable Receipt receipt) {
        door.answer(request, fates);
    }

    @Override
    public void refuse(HttpServerRequest request, Fault fault) {
        if (read) {
            door.answer(request, fates);
        } else {
            door.refuse(request, fault);
        }
    }
}
