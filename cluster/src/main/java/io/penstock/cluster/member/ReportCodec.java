package io.penstock.cluster.member;

import io.penstock.cluster.NodeId;
import io.penstock.model.RepoName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports as bytes: a byte of format, then the fields in the order of the records, big-endian, text
 * as {@link DataOutputStream#writeUTF} writes it.
 *
 * <p>Threading: any thread.
 */
public final class ReportCodec {
    private static final int FORMAT = 3;

    private ReportCodec() {}

    /** A report as bytes. */
    public static byte[] encode(NodeReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(report.node().value());
            out.writeLong(report.incarnation());
            out.writeLong(report.sequence());
            out.writeLong(report.sentMs());
            out.writeUTF(report.data());
            out.writeUTF(report.admin());
            out.writeBoolean(report.leaving());
            write(report.use(), out);
            out.writeInt(report.exports().size());
            for (ExportLoad load : report.exports()) {
                write(load, out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(MachineUse use, DataOutputStream out) throws IOException {
        out.writeDouble(use.busyCores());
        out.writeDouble(use.processCores());
        out.writeLong(use.memoryBytes());
        out.writeLong(use.availableBytes());
        out.writeLong(use.residentBytes());
        out.writeLong(use.networkBytesPerS());
        out.writeLong(use.diskBytesPerS());
        out.writeLong(use.freeDiskBytes());
    }

    private static void write(ExportLoad load, DataOutputStream out) throws IOException {
        out.writeUTF(load.repo().value());
        out.writeUTF(load.export());
        out.writeDouble(load.recordsPerS());
        out.writeDouble(load.bytesPerS());
        out.writeLong(load.lagRecords());
        out.writeLong(load.lagBytes());
        out.writeInt(load.partitions());
    }

    /**
     * A report from bytes.
     *
     * @throws IOException when they are of another format, or no report
     */
    public static NodeReport decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new IOException("a report of format " + format + "; known here is " + FORMAT);
            }
            return new NodeReport(
                    new NodeId(in.readUTF()),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readBoolean(),
                    readUse(in),
                    readExports(in));
        } catch (IllegalArgumentException wrong) {
            throw new IOException("no report: " + wrong.getMessage(), wrong);
        }
    }

    private static MachineUse readUse(DataInputStream in) throws IOException {
        return new MachineUse(
                in.readDouble(),
                in.readDouble(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static List<ExportLoad> readExports(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > NodeReport.MAX_EXPORTS) {
            throw new IOException("no report: " + count + " exports");
        }
        List<ExportLoad> loads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            loads.add(
                    new ExportLoad(
                            new RepoName(in.readUTF()),
                            in.readUTF(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readLong(),
                            in.readLong(),
                            in.readInt()));
        }
        return loads;
    }
}
