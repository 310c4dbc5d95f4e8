package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.sink.Outcome;
import java.util.BitSet;
import java.util.List;

/**
 * What became of the requests of one delivery, as what became of the delivery.
 *
 * @param requests as they were sent
 * @param outcomes in the same order
 */
record Outcomes(List<OtlpRequest> requests, List<Outcome> outcomes) {

    Outcome joined() {
        boolean anyDelivered = outcomes.stream().anyMatch(Outcome.Delivered.class::isInstance);
        boolean anyInPart = outcomes.stream().anyMatch(Outcome.PerRecord.class::isInstance);
        if (outcomes.size() == 1 || (!anyDelivered && !anyInPart)) {
            return whole();
        }
        return inPart();
    }

    /** None of the records is settled: a wait counts for all, then a refusal. */
    private Outcome whole() {
        return outcomes.stream()
                .filter(Outcome.Retry.class::isInstance)
                .findFirst()
                .orElse(outcomes.get(0));
    }

    /**
     * Some records are settled: the others come again, alone. A request that was refused comes
     * again, too, to be halved then without touching what is settled.
     */
    private Outcome inPart() {
        BitSet again = new BitSet();
        BitSet refused = new BitSet();
        long afterMs = 0;
        StringBuilder why = new StringBuilder();
        for (int i = 0; i < outcomes.size(); i++) {
            BitSet records = requests.get(i).records();
            Outcome outcome = outcomes.get(i);
            if (outcome instanceof Outcome.Retry retry) {
                again.or(records);
                afterMs = retry.afterMs();
                say(why, retry.why());
            } else if (outcome instanceof Outcome.Rejected rejected) {
                again.or(records);
                say(why, rejected.why());
            } else if (outcome instanceof Outcome.PerRecord each) {
                refused.or(each.refused());
                say(why, each.why());
            }
        }
        if (again.isEmpty() && refused.isEmpty()) {
            return Outcome.DELIVERED;
        }
        return new Outcome.PerRecord(again, refused, afterMs, why.toString());
    }

    private static void say(StringBuilder why, String more) {
        why.append(why.isEmpty() ? "" : "; ").append(more);
    }
}
