package io.penstock.exporter.record;

import java.util.List;
import java.util.ServiceLoader;

/** The forms on the class path, by encoding. Threading: any thread. */
final class BatchForms {

    private static final List<BatchForm> ALL =
            ServiceLoader.load(BatchForm.class, BatchForm.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private BatchForms() {}

    /**
     * Where an encoding is known.
     *
     * @throws IllegalStateException when the class path lacks it
     */
    static BatchForm of(Encoding encoding) {
        return ALL.stream()
                .filter(form -> form.knows(encoding))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "nothing on the class path knows " + encoding));
    }
}
