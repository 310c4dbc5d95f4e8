package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.IngressCounters;
import io.penstock.gateway.ingest.Lane;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a call that wait for answers, in their order. Bounded; slots are made on first
 * use and used again. Threading: confined to one event loop.
 */
final class AnswerQueue {
    private final Lane lane;
    private final PushCall call;
    private final Method method;
    private final @Nullable PushSlot[] slots;
    private int head;
    private int tail;

    /**
     * Makes an empty queue.
     *
     * @param capacity requests that may wait; a power of two
     */
    AnswerQueue(Lane lane, PushCall call, Method method, int capacity) {
        this.lane = lane;
        this.call = call;
        this.method = method;
        this.slots = new @Nullable PushSlot[capacity];
    }

    boolean full() {
        return tail - head == slots.length;
    }

    boolean empty() {
        return tail == head;
    }

    /** A slot behind all others. */
    PushSlot next() {
        int place = tail & (slots.length - 1);
        PushSlot slot = slots[place];
        if (slot == null) {
            slot = new PushSlot(lane, call);
            slots[place] = slot;
        }
        slot.reset();
        tail++;
        return slot;
    }

    /**
     * Takes the answers that are due: those at the head, up to the first that is missing or bad.
     *
     * @return the bad one that stands at the head now, or null
     */
    @Nullable Fault collect(Answers answers, IngressCounters counters) {
        while (tail != head) {
            PushSlot slot = slots[head & (slots.length - 1)];
            if (slot == null || !slot.done()) {
                return null;
            }
            Fault fault = slot.fault();
            if (fault != null) {
                return fault;
            }
            method.answer(slot, answers);
            counters.accepted();
            head++;
        }
        return null;
    }
}
