package io.penstock.exporter.transform;

import io.penstock.exporter.record.RecordVisitor;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of an export, compiled. One reading at a time: what {@link #into} or {@link #judge}
 * answered is void with the next call.
 *
 * <p>Threading: confined to one thread.
 */
public final class Transforms {

    private final boolean empty;
    private final boolean sifts;
    private final Chain chain;

    private Transforms(boolean empty, boolean sifts, Chain chain) {
        this.empty = empty;
        this.sifts = sifts;
        this.chain = chain;
    }

    /** Compiles steps, which have been checked when they were made. */
    public static Transforms compile(List<TransformStep> steps) {
        Slots slots = new Slots();
        Row row = new Row();
        List<Step> compiled = new ArrayList<>();
        boolean sifts = false;
        boolean judgesTexts = false;
        for (TransformStep step : steps) {
            compiled.add(step.compile(slots, row, compiled.size()));
            sifts |= step.sifts();
            judgesTexts |= step.sample().isStated();
        }
        Chain chain = new Chain(slots, row, List.copyOf(compiled), judgesTexts);
        return new Transforms(steps.isEmpty(), sifts, chain);
    }

    /** Whether records go on as they are. */
    public boolean isEmpty() {
        return empty;
    }

    /** Whether there are records that may not pass; if not, there is nothing to judge. */
    public boolean sifts() {
        return sifts;
    }

    /** What to drive so that {@code target} hears the records that pass, as they are then. */
    public RecordVisitor into(RecordVisitor target) {
        return empty ? target : chain.into(target);
    }

    /** What to drive so that it is noted which records pass. */
    public RecordVisitor judge(Verdicts verdicts) {
        return chain.judge(verdicts);
    }
}
