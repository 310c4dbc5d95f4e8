package io.penstock.exporter.cursor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The hand-shake by which an idle reader is woken by the next append, without a lock and without
 * costing the writers more than a fence and a load.
 *
 * <p>It is Dekker's: the reader raises its flag, then looks whether something is there; the writer
 * puts something there, then looks at the flag. With a full fence between the two steps on both
 * sides at least one of them sees the other.
 *
 * <p>Threading: any thread.
 */
public final class WakeUp {
    private static final VarHandle ARMED;

    static {
        try {
            ARMED = MethodHandles.lookup().findVarHandle(WakeUp.class, "armed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through the handle
    private boolean armed;

    private volatile @Nullable Runnable callback;

    public void callback(@Nullable Runnable callback) {
        this.callback = callback;
    }

    /**
     * The reader's side.
     *
     * @return false when something is there already and no callback will come
     */
    public boolean arm(BooleanSupplier something) {
        ARMED.setOpaque(this, true);
        VarHandle.fullFence(); // pairs with the one in published
        if (!something.getAsBoolean()) {
            return true;
        }
        // when the flag is down already, the callback is on its way
        return !ARMED.compareAndSet(this, true, false);
    }

    /** The writer's fence: once per append, between publishing and looking at the flags. */
    public static void published() {
        VarHandle.fullFence(); // pairs with the one in arm
    }

    /** The writer's side, after {@link #published}. */
    public void wakeIfArmed() {
        if ((boolean) ARMED.getOpaque(this)) {
            wake();
        }
    }

    /** Runs the callback if the flag is up, and takes it down. */
    public void wake() {
        if (ARMED.compareAndSet(this, true, false)) {
            Runnable run = callback;
            if (run != null) {
                run.run();
            }
        }
    }
}
