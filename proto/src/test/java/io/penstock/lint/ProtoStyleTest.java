package io.penstock.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.penstock.proto.ingest.v1.PushRequest;
import io.penstock.proto.record.v1.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProtoStyleTest {

    private static final Path SOURCES = Path.of("src/main/proto");
    private static final Pattern ELEMENT =
            Pattern.compile("(message|enum|service|rpc) .*|.* = [0-9]+;");

    @Test
    void everyFileKeepsTheStyle() {
        assertThat(ProtoStyle.faults(PushRequest.getDescriptor().getFile())).isEmpty();
        assertThat(ProtoStyle.faults(RecordBatch.getDescriptor().getFile())).isEmpty();
    }

    @Test
    void everyElementHasACommentAboveIt() throws IOException {
        assertThat(uncommented()).isEmpty();
    }

    @Test
    void plantedFaultsAreSeen() throws DescriptorValidationException {
        FileDescriptorProto planted =
                FileDescriptorProto.newBuilder()
                        .setName("elsewhere/bad.proto")
                        .setPackage("Bad")
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("lower_case")
                                        .addField(
                                                FieldDescriptorProto.newBuilder()
                                                        .setName("camelCase")
                                                        .setNumber(1)
                                                        .setType(
                                                                FieldDescriptorProto.Type
                                                                        .TYPE_BOOL)))
                        .addEnumType(
                                EnumDescriptorProto.newBuilder()
                                        .setName("Level")
                                        .addValue(
                                                EnumValueDescriptorProto.newBuilder()
                                                        .setName("NONE")
                                                        .setNumber(0)))
                        .addService(ServiceDescriptorProto.newBuilder().setName("Pusher"))
                        .build();

        List<String> faults =
                ProtoStyle.faults(FileDescriptor.buildFrom(planted, new FileDescriptor[0]));

        assertThat(faults)
                .containsExactly(
                        "elsewhere/bad.proto: package form",
                        "elsewhere/bad.proto: stands outside its package's folder",
                        "Bad.lower_case: not PascalCase",
                        "Bad.lower_case.camelCase: not snake_case",
                        "Bad.Level.NONE: lacks prefix LEVEL_",
                        "Bad.Level: zero is not _UNSPECIFIED",
                        "Bad.Pusher: lacks suffix Service");
    }

    private static List<String> uncommented() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".proto")).toList()) {
                scan(file, found);
            }
        }
        return found;
    }

    private static void scan(Path file, List<String> found) throws IOException {
        String above = "";
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            if (ELEMENT.matcher(text).matches() && !above.startsWith("//")) {
                found.add(SOURCES.relativize(file) + ": " + text);
            }
            above = text;
        }
    }
}
