package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceProto;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceProto;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DescriptorIndexTest {
    private static final Path RESOURCE =
            Path.of("src/main/resources/io/penstock/gateway/grpc", DescriptorIndex.OTLP);

    @Test
    void otlpIsDescribedAsItIsPublished() throws Exception {
        Map<String, FileDescriptor> files = new LinkedHashMap<>();
        for (FileDescriptor service :
                List.of(
                        LogsServiceProto.getDescriptor(),
                        MetricsServiceProto.getDescriptor(),
                        TraceServiceProto.getDescriptor())) {
            add(service, files);
        }
        FileDescriptorSet.Builder published = FileDescriptorSet.newBuilder();
        files.values().forEach(file -> published.addFile(file.toProto()));
        if (Boolean.getBoolean("penstock.write")) {
            Files.createDirectories(RESOURCE.getParent());
            Files.write(RESOURCE, published.build().toByteArray());
        }
        assertThat(FileDescriptorSet.parseFrom(Files.readAllBytes(RESOURCE)))
                .as("%s: repeat this test with -Dpenstock.write=true to write it anew", RESOURCE)
                .isEqualTo(published.build());
    }

    /** A file behind those that it needs. */
    private static void add(FileDescriptor file, Map<String, FileDescriptor> files) {
        if (!files.containsKey(file.getName())) {
            file.getDependencies().forEach(needed -> add(needed, files));
            files.put(file.getName(), file);
        }
    }
}
