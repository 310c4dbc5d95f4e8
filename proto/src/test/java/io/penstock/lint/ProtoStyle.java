package io.penstock.lint;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The style rules, over descriptors. Source: buf.build/docs/lint/rules, the STANDARD set, as far as
 * a descriptor shows it.
 */
final class ProtoStyle {

    private static final Pattern PACKAGE = Pattern.compile("penstock\\.[a-z]+\\.v[0-9]+");
    private static final Pattern PASCAL = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern SNAKE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    private final List<String> faults = new ArrayList<>();

    /** All faults of a file, each naming its element. */
    static List<String> faults(FileDescriptor file) {
        ProtoStyle style = new ProtoStyle();
        style.file(file);
        return style.faults;
    }

    private void file(FileDescriptor file) {
        check(PACKAGE.matcher(file.getPackage()).matches(), file.getName(), "package form");
        String folder = file.getPackage().replace('.', '/') + "/";
        check(
                file.getName().startsWith(folder),
                file.getName(),
                "stands outside its package's folder");
        file.getMessageTypes().forEach(this::message);
        file.getEnumTypes().forEach(this::enumeration);
        file.getServices().forEach(this::service);
    }

    private void message(Descriptor message) {
        check(PASCAL.matcher(message.getName()).matches(), message.getFullName(), "not PascalCase");
        for (FieldDescriptor field : message.getFields()) {
            check(SNAKE.matcher(field.getName()).matches(), field.getFullName(), "not snake_case");
        }
        message.getNestedTypes().forEach(this::message);
        message.getEnumTypes().forEach(this::enumeration);
    }

    private void enumeration(EnumDescriptor type) {
        String prefix =
                type.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT)
                        + "_";
        for (EnumValueDescriptor value : type.getValues()) {
            check(
                    value.getName().startsWith(prefix),
                    value.getFullName(),
                    "lacks prefix " + prefix);
        }
        EnumValueDescriptor zero = type.findValueByNumber(0);
        check(
                zero != null && zero.getName().equals(prefix + "UNSPECIFIED"),
                type.getFullName(),
                "zero is not _UNSPECIFIED");
    }

    private void service(ServiceDescriptor service) {
        check(service.getName().endsWith("Service"), service.getFullName(), "lacks suffix Service");
        for (MethodDescriptor method : service.getMethods()) {
            check(
                    PASCAL.matcher(method.getName()).matches(),
                    method.getFullName(),
                    "not PascalCase");
        }
    }

    private void check(boolean holds, String element, String fault) {
        if (!holds) {
            faults.add(element + ": " + fault);
        }
    }
}
