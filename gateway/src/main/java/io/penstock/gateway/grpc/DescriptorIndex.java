package io.penstock.gateway.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.penstock.proto.ingest.v1.Ingest;
import io.vertx.grpc.health.v1.HealthProto;
import io.vertx.grpc.reflection.v1.ServerReflectionProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files that describe what is spoken on the data port, by name and by what they hold. Of OTLP
 * there are no classes here, only its descriptors, in the resource {@code otlp.binpb}; a test holds
 * them against the published ones.
 *
 * <p>Threading: immutable.
 */
final class DescriptorIndex {
    static final String OTLP = "otlp.binpb";

    /** What the data port speaks; services between nodes are not among it. */
    static final DescriptorIndex DATA_PORT = dataPort();

    private final Map<String, FileDescriptor> files = new HashMap<>();
    private final Map<String, FileDescriptor> symbols = new HashMap<>();
    private final TreeSet<String> services = new TreeSet<>();

    private DescriptorIndex() {}

    private static DescriptorIndex dataPort() {
        DescriptorIndex index = new DescriptorIndex();
        List<FileDescriptor> spoken = new ArrayList<>();
        spoken.add(Ingest.getDescriptor());
        spoken.add(HealthProto.getDescriptor());
        spoken.add(ServerReflectionProto.getDescriptor());
        spoken.addAll(otlp());
        for (FileDescriptor file : spoken) {
            file.getServices().forEach(service -> index.services.add(service.getFullName()));
            index.add(file);
        }
        return index;
    }

    private static List<FileDescriptor> otlp() {
        try (InputStream bytes = DescriptorIndex.class.getResourceAsStream(OTLP)) {
            if (bytes == null) {
                throw new IllegalStateException("no resource " + OTLP);
            }
            Map<String, FileDescriptor> built = new LinkedHashMap<>();
            for (FileDescriptorProto file : FileDescriptorSet.parseFrom(bytes).getFileList()) {
                FileDescriptor[] imports =
                        file.getDependencyList().stream()
                                .map(built::get)
                                .toArray(FileDescriptor[]::new);
                built.put(file.getName(), FileDescriptor.buildFrom(file, imports));
            }
            return List.copyOf(built.values());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (DescriptorValidationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void add(FileDescriptor file) {
        if (files.putIfAbsent(file.getName(), file) != null) {
            return;
        }
        for (ServiceDescriptor service : file.getServices()) {
            symbols.put(service.getFullName(), file);
            service.getMethods().forEach(method -> symbols.put(method.getFullName(), file));
        }
        file.getMessageTypes().forEach(type -> add(type, file));
        file.getEnumTypes().forEach(type -> add(type, file));
        file.getDependencies().forEach(this::add);
    }

    private void add(Descriptor type, FileDescriptor file) {
        symbols.put(type.getFullName(), file);
        type.getFields().forEach(field -> symbols.put(field.getFullName(), file));
        type.getNestedTypes().forEach(nested -> add(nested, file));
        type.getEnumTypes().forEach(nested -> add(nested, file));
    }

    private void add(EnumDescriptor type, FileDescriptor file) {
        symbols.put(type.getFullName(), file);
        type.getValues().forEach(value -> symbols.put(value.getFullName(), file));
    }

    /** Full names of the services. */
    SortedSet<String> services() {
        return Collections.unmodifiableSortedSet(services);
    }

    /** A file by its name, or null. */
    @Nullable FileDescriptor file(String name) {
        return files.get(name);
    }

    /** The file that holds a service, method, message, field or enum of this full name, or null. */
    @Nullable FileDescriptor fileOf(String symbol) {
        return symbols.get(symbol);
    }

    /** A file, and all that it needs. */
    List<FileDescriptorProto> withImports(FileDescriptor file) {
        Map<String, FileDescriptorProto> found = new LinkedHashMap<>();
        ArrayDeque<FileDescriptor> next = new ArrayDeque<>(List.of(file));
        for (FileDescriptor one = next.poll(); one != null; one = next.poll()) {
            if (found.putIfAbsent(one.getName(), one.toProto()) == null) {
                next.addAll(one.getDependencies());
            }
        }
        return List.copyOf(found.values());
    }
}
