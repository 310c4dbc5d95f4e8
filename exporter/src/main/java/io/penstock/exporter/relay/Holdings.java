package io.penstock.exporter.relay;

import io.penstock.exporter.pressure.Rate;
import io.penstock.exporter.pressure.RateConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exports to whose targets this node may talk: those of which it has a task. The tasks of an
 * export are alike here, since each delivers whatever comes; the export is held until the last of
 * them ends.
 *
 * <p>Threading: any thread. Changes are rare and take one lock, questions take none.
 */
public final class Holdings {
    private final Map<ExportName, Holding> byExport = new ConcurrentHashMap<>();

    /** By export, of those that have run here and are not gone. */
    private final Map<ExportName, Rate> rates = new ConcurrentHashMap<>();

    /**
     * A task begins.
     *
     * @param share which of the export's tasks
     */
    public synchronized void start(ExportName export, int share, Permit permit) {
        of(export).start(share, permit);
    }

    /** A task is to stop at a batch boundary; its permit hears when it has. */
    public void release(ExportName export, int share) {
        end(export, share, false);
    }

    /** A task is to stop now; its permit hears when it has. It may have been released before. */
    public void cut(ExportName export, int share) {
        end(export, share, true);
    }

    /** Everything is to stop at a batch boundary. */
    public void releaseAll() {
        endAll(false);
    }

    /** Everything is to stop now. */
    public void cutAll() {
        endAll(true);
    }

    private void endAll(boolean atOnce) {
        for (ExportName export : List.copyOf(byExport.keySet())) {
            for (int share : shares(export)) {
                end(export, share, atOnce);
            }
        }
    }

    private synchronized List<Integer> shares(ExportName export) {
        Holding found = byExport.get(export);
        return found == null ? List.of() : found.shares();
    }

    private synchronized void end(ExportName export, int share, boolean atOnce) {
        Holding found = byExport.get(export);
        if (found != null) {
            found.end(share, atOnce, () -> ended(export));
            forget(export, found);
        }
    }

    private synchronized void ended(ExportName export) {
        Holding found = byExport.get(export);
        if (found != null) {
            found.ended();
            forget(export, found);
        }
    }

    /** Whether a delivery of the export may begin on this node now. */
    public boolean mayDeliver(ExportName export) {
        Holding found = byExport.get(export);
        return found != null && found.mayDeliver();
    }

    /**
     * What an export may offer its target per second from this node, whoever staged it.
     *
     * @param nowNs by {@code System.nanoTime()}
     */
    Rate rate(ExportName export, RateConfig config, long nowNs) {
        return rates.compute(
                export,
                (name, had) -> had != null && had.isBy(config) ? had : new Rate(config, nowNs));
    }

    /** An export is another from now on, or is gone. */
    void forgetRate(ExportName export) {
        rates.remove(export);
    }

    /** Whether no task is here, and none that was here still stops. */
    public boolean isEmpty() {
        return byExport.values().stream().noneMatch(Holding::hasTasks);
    }

    synchronized void attach(ExportName export, Tenant tenant) {
        of(export).attach(tenant);
    }

    synchronized void detach(ExportName export, Tenant tenant) {
        Holding found = byExport.get(export);
        if (found != null) {
            found.detach(tenant);
            forget(export, found);
        }
    }

    private Holding of(ExportName export) {
        return byExport.computeIfAbsent(export, name -> new Holding());
    }

    private void forget(ExportName export, Holding holding) {
        if (holding.isIdle()) {
            byExport.remove(export);
        }
    }
}
