package io.penstock.gateway.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.penstock.model.Subject;
import java.util.Map;
import java.util.TreeMap;

/** What lines are about. Threading: any thread. */
final class Subjects {
    private Subjects() {}

    /** The fields of all arguments that have some. */
    static Map<String, String> of(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        Map<String, String> fields = new TreeMap<>();
        if (arguments == null) {
            return fields;
        }
        for (Object argument : arguments) {
            if (argument instanceof Subject subject) {
                fields.putAll(subject.fields());
            }
        }
        return fields;
    }
}
