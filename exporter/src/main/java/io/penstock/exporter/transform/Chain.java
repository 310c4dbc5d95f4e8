package io.penstock.exporter.transform;

import io.penstock.exporter.expression.ValueKind;
import io.penstock.exporter.record.RecordVisitor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder drives: gathers a record, runs the steps, and says what passes to the target, or
 * notes what became of it.
 *
 * <p>Threading: confined to one thread.
 */
final class Chain extends SlotVisitor {

    private final Slots slots;
    private final List<Step> steps;
    private final boolean judgesTexts;

    // Of the two one is set: a target to speak to, or verdicts to be noted.
    private @Nullable RecordVisitor target;
    private @Nullable Verdicts verdicts;

    private int[] inputs = new int[32];
    private int inputCount;

    // Per slot its number at the target, as far as its generation is the present one.
    private int[] outputs = new int[32];
    private int[] generations = new int[32];
    private int generation;
    private int outputCount;

    /**
     * A chain.
     *
     * @param judgesTexts whether a verdict may depend on texts in slots that no step names
     */
    Chain(Slots slots, Row row, List<Step> steps, boolean judgesTexts) {
        super(row);
        this.slots = slots;
        this.steps = steps;
        this.judgesTexts = judgesTexts;
    }

    Chain into(RecordVisitor visitor) {
        target = visitor;
        verdicts = null;
        return this;
    }

    Chain judge(Verdicts into) {
        verdicts = into;
        target = null;
        return this;
    }

    @Override
    public void resetFields() {
        inputCount = 0;
        if (slots.areMany()) {
            slots.forgetOthers(inputs, 0);
        }
        resetOutputs();
    }

    private void resetOutputs() {
        generation++;
        outputCount = 0;
        if (target != null) {
            target.resetFields();
        }
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        if (number >= inputs.length) {
            inputs = Arrays.copyOf(inputs, Math.max(number + 1, inputs.length * 2));
        }
        inputs[number] = slots.of(name, offset, length);
        inputCount = Math.max(inputCount, number + 1);
    }

    @Override
    public void startRecord(long timeUnixNano) {
        row.begin(timeUnixNano);
        if (slots.areMany()) {
            slots.forgetOthers(inputs, inputCount);
            resetOutputs();
        }
        row.reserve(slots.size());
    }

    /** Of two fields of one name the first counts. */
    @Override
    int slot(int field) {
        int slot = inputs[field];
        return row.isPresent(slot) ? Row.NOWHERE : slot;
    }

    @Override
    void text(int slot, ValueKind kind, byte[] array, int offset, int length) {
        boolean needed = target != null || judgesTexts || slots.isPinned(slot);
        row.set(slot, kind, array, offset, needed ? length : 0);
    }

    @Override
    public void endRecord() {
        Verdict verdict = Verdict.PASS;
        for (int i = 0; i < steps.size() && verdict == Verdict.PASS; i++) {
            verdict = steps.get(i).apply(row);
        }
        if (verdicts != null) {
            verdicts.note(verdict, row.fault());
        } else if (target != null && verdict == Verdict.PASS) {
            say(target);
        }
    }

    private void say(RecordVisitor visitor) {
        if (outputCount + row.placed() > Row.MAX_FIELDS) {
            resetOutputs();
        }
        if (outputs.length < slots.size()) {
            int room = Math.max(slots.size(), outputs.length * 2);
            outputs = Arrays.copyOf(outputs, room);
            generations = Arrays.copyOf(generations, room);
        }
        int placed = row.placed();
        for (int i = 0; i < placed; i++) {
            int slot = row.placedSlot(i);
            if (row.isPresent(slot) && generations[slot] != generation) {
                announce(slot, visitor);
            }
        }
        visitor.startRecord(row.time());
        for (int i = 0; i < placed; i++) {
            int slot = row.placedSlot(i);
            if (row.isPresent(slot)) {
                row.say(slot, outputs[slot], visitor);
            }
        }
        visitor.endRecord();
    }

    private void announce(int slot, RecordVisitor visitor) {
        generations[slot] = generation;
        outputs[slot] = outputCount++;
        visitor.field(
                outputs[slot], slots.nameArray(), slots.nameStart(slot), slots.nameLength(slot));
    }
}
