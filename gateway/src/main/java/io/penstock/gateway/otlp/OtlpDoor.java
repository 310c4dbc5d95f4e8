package io.penstock.gateway.otlp;

import io.penstock.exporter.otlp.ResourceAttribute;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.PushOffer;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes offers of whole requests. Threading: confined to the event loop of its lane. */
public final class OtlpDoor {
    /** Header, or metadata, that names the repo. */
    public static final String REPO = "x-penstock-repo";

    private static final String ACK = "penstock-ack";

    private final Lane lane;
    private final OtlpConfig config;
    private final @Nullable ResourceAttribute attribute;

    /**
     * What the headers of a request say.
     *
     * @param repo name of the repo, or null
     * @param ack when to answer
     * @param fault what is wrong with them, or null
     */
    public record Headers(@Nullable String repo, AckLevel ack, @Nullable Fault fault) {
        /** Reads them. */
        public static Headers read(MultiMap headers) {
            String repo = headers.get(REPO);
            String ack = headers.get(ACK);
            AckLevel level = AckLevel.STAGED;
            Fault fault = null;
            if (ack != null) {
                try {
                    level = AckLevel.valueOf(ack.toUpperCase(Locale.ROOT));
                } catch (IllegalArgumentException other) {
                    fault =
                            Fault.of(
                                    FaultKind.MALFORMED,
                                    ACK + " must be staged, synced or delivered");
                }
            }
            return new Headers(repo, level, fault);
        }
    }

    /** The door of one event loop. */
    public OtlpDoor(Lane lane, OtlpConfig config) {
        this.lane = lane;
        this.config = config;
        this.attribute =
                config.repoAttribute().isEmpty()
                        ? null
                        : new ResourceAttribute(config.repoAttribute(), RepoName.MAX_LENGTH);
    }

    /** The repo that headers name, or null. */
    public @Nullable KnownRepo repo(Headers said) {
        if (said.repo() == null) {
            return null;
        }
        byte[] utf8 = said.repo().getBytes(StandardCharsets.UTF_8);
        return lane.repo(utf8, utf8.length);
    }

    /**
     * Has an offer take a request.
     *
     * @param message its bytes; the offer gives them back to the lane
     * @param budgeted bytes that were taken from the node's budget for it
     * @return what is wrong with it, or null when it may be offered; with the offer {@linkplain
     *     PushOffer#isEmpty empty} there is nothing to stage, and the request is a good one
     */
    public @Nullable Fault take(
            PushOffer offer, OtlpSignal signal, Headers said, ByteChunks message, int budgeted) {
        Fault fault = said.fault();
        KnownRepo repo = null;
        if (fault == null) {
            String name = said.repo();
            ResourceAttribute.Found found = ResourceAttribute.Found.NOWHERE;
            if (name == null && attribute != null) {
                found = attribute.find(signal.encoding(), message);
            }
            fault = fault(found);
            repo = fault == null ? repo(signal, name, found) : null;
            if (repo == null && fault == null) {
                fault = Fault.of(FaultKind.MALFORMED, badName(signal, name, found));
            }
        }
        offer.producer(0, 0);
        if (repo == null) {
            offer.keep(message, budgeted);
            return fault;
        }
        return offer.batch(repo, said.ack(), signal.encoding(), message, budgeted);
    }

    private @Nullable Fault fault(ResourceAttribute.Found found) {
        return switch (found) {
            case DIFFERENT ->
                    Fault.of(
                            FaultKind.MALFORMED,
                            "resources of the request differ in "
                                    + config.repoAttribute()
                                    + ": send them apart, or name one repo in "
                                    + REPO);
            case TOO_LONG ->
                    Fault.of(
                            FaultKind.MALFORMED,
                            config.repoAttribute()
                                    + " is longer than "
                                    + RepoName.MAX_LENGTH
                                    + " characters");
            // What is broken the scan finds again, and says where.
            case NOWHERE, SAME, BROKEN -> null;
        };
    }

    private @Nullable KnownRepo repo(
            OtlpSignal signal, @Nullable String header, ResourceAttribute.Found found) {
        if (header == null && found == ResourceAttribute.Found.SAME && attribute != null) {
            return lane.repo(attribute.value(), attribute.length());
        }
        byte[] utf8 = name(signal, header, found).getBytes(StandardCharsets.UTF_8);
        return lane.repo(utf8, utf8.length);
    }

    private String name(OtlpSignal signal, @Nullable String header, ResourceAttribute.Found found) {
        if (header == null && found == ResourceAttribute.Found.SAME && attribute != null) {
            return new String(attribute.value(), 0, attribute.length(), StandardCharsets.UTF_8);
        }
        return header == null ? config.defaultRepo(signal) : header;
    }

    private String badName(
            OtlpSignal signal, @Nullable String header, ResourceAttribute.Found found) {
        return (header == null ? config.repoAttribute() : REPO)
                + ": "
                + RepoName.fault(name(signal, header, found));
    }
}
