package io.penstock.gateway.follow;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the files of a checkpoint in step with those on the disk: new ones, renamed ones, truncated
 * ones, copies, and those that are gone.
 *
 * <p>Threading: the follower's thread.
 */
final class Watcher {
    /**
     * Files followed, and so open, at once. More wait until others are gone, and are complained of.
     */
    static final int MAX_FILES = 1_000;

    /** Things complained about that are remembered, so as not to say them again. */
    private static final int MAX_COMPLAINTS = 1_000;

    private final Checkpoint checkpoint;
    private final FollowSettings settings;
    private final FollowCounts counts;
    private final Consumer<String> notes;
    private final Patterns patterns;
    private final Set<String> complaints = new HashSet<>();

    Watcher(
            Checkpoint checkpoint,
            FollowSettings settings,
            FollowCounts counts,
            Consumer<String> notes) {
        this.checkpoint = checkpoint;
        this.settings = settings;
        this.counts = counts;
        this.notes = notes;
        this.patterns =
                new Patterns(
                        settings.patterns(), (path, why) -> complain(path + ": " + reason(why)));
    }

    /** Opens what an earlier process followed, under its old name or another in its directory. */
    void reopen() {
        for (FollowedFile file : List.copyOf(checkpoint.files.values())) {
            if (!file.vanished && !(reopened(file) || foundElsewhere(file))) {
                gone(file);
            }
        }
    }

    private boolean reopened(FollowedFile file) {
        try {
            if (file.open() && file.isTheSame()) {
                return true;
            }
            file.close();
            return false;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Renamed while nobody looked: the same inode, or a copy, under another name. */
    private boolean foundElsewhere(FollowedFile file) {
        Path before = file.path;
        for (FileKey.Seen each : neighbours(file)) {
            if (each.key().equals(file.key)) {
                file.path = each.path();
                if (reopened(file)) {
                    return true;
                }
            }
        }
        file.path = before;
        return false;
    }

    private void gone(FollowedFile file) {
        FollowedFile copy = adoptCopy(file);
        file.vanished = true;
        if (copy == null) {
            notes.accept(file.path + ": not there any more; what was not read of it is lost");
        }
    }

    /**
     * One look at everything.
     *
     * @return whether something changed that the checkpoint should know
     */
    boolean look(long nowNs) {
        Map<FileKey, FollowedFile> known = new HashMap<>();
        for (FollowedFile file : checkpoint.files.values()) {
            file.matched = false;
            file.due = true;
            if (!file.vanished) {
                known.put(file.key, file);
            }
        }
        boolean changed = false;
        Set<FileKey> there = new HashSet<>();
        for (FileKey.Seen seen : patterns.find()) {
            there.add(seen.key());
            FollowedFile file = known.get(seen.key());
            try {
                changed |= file == null ? discover(seen) : meet(file, seen);
            } catch (IOException unreadable) {
                complain(seen.path() + ": " + reason(unreadable));
            }
        }
        changed |= checkpoint.copies.keySet().retainAll(there);
        changed |= leave(nowNs);
        return changed;
    }

    private boolean meet(FollowedFile file, FileKey.Seen seen) throws IOException {
        file.matched = true;
        boolean renamed = !file.path.equals(seen.path());
        if (renamed) {
            counts.rotations.increment();
            file.path = seen.path();
        }
        if (!file.isOpen() && !file.open()) {
            return renamed;
        }
        if (seen.bytes() < Math.max(file.offset, file.head.bytes())) {
            truncated(file);
            return true;
        }
        return renamed;
    }

    private boolean discover(FileKey.Seen seen) throws IOException {
        Checkpoint.Copy copy = checkpoint.copies.get(seen.key());
        if (copy != null) {
            return outgrown(copy, seen);
        }
        // one that was just taken over as a copy is followed already
        if (!isFree(seen.key()) || isCopy(seen)) {
            return false;
        }
        if (checkpoint.files.values().stream().filter(FollowedFile::isOpen).count() >= MAX_FILES) {
            complain("more than " + MAX_FILES + " files; not followed yet: " + seen.path());
            return false;
        }
        begin(seen.key(), seen.path());
        return true;
    }

    private @Nullable FollowedFile begin(FileKey key, Path path) throws IOException {
        FollowedFile file = checkpoint.newFile(key, path);
        boolean opened = false;
        try {
            opened = file.open();
        } finally {
            if (!opened) {
                checkpoint.files.remove(file.number);
            }
        }
        file.matched = true;
        return opened ? file : null;
    }

    /**
     * Whether a file that is new here is a copy of one that is followed, or is just becoming one:
     * then it is not read, unless the other one is truncated. Where the other one is as it was,
     * only if they agree in the first 4 KiB: what is shorter is read, at the risk of reading it
     * twice rather than never.
     */
    private boolean isCopy(FileKey.Seen seen) throws IOException {
        try (FileChannel channel = FileChannel.open(seen.path(), StandardOpenOption.READ)) {
            for (FollowedFile file : checkpoint.files.values()) {
                boolean other = !file.key.equals(seen.key());
                if (other && file.isOpen() && !file.vanished && isCopy(file, seen, channel)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isCopy(FollowedFile file, FileKey.Seen seen, FileChannel channel)
            throws IOException {
        if (!file.isTheSame()) {
            // truncated, which will be noticed in a moment; then this is where its bytes are
            return file.head.isIn(channel) && file.tail.isIn(channel);
        }
        Mark head =
                file.head.isWhole() ? file.head : Mark.head(file.channel(), file.channel().size());
        if (!head.isWhole() || !head.isIn(channel)) {
            return false;
        }
        if (channel.size() < file.offset) {
            return true;
        }
        if (file.tail.isIn(channel)) {
            // so that its truncation is noticed even if nothing of it is read by then
            file.head = head;
            checkpoint.copies.put(seen.key(), new Checkpoint.Copy(file.number, channel.size()));
            notes.accept(seen.path() + ": taken for a copy of " + file.path);
            return true;
        }
        return false;
    }

    /** The same for a file that was begun when it was still empty. Then it is left. */
    boolean isCopyAfterAll(FollowedFile file) throws IOException {
        if (file.offset > 0 || !isCopy(new FileKey.Seen(file.path, file.key, file.size))) {
            return false;
        }
        checkpoint.files.remove(file.number);
        file.close();
        return true;
    }

    /**
     * A copy that grows: while it is still being made, it is one; when it has what the other one
     * has not, it is a log of its own, or the original itself, and followed from where they part.
     */
    private boolean outgrown(Checkpoint.Copy copy, FileKey.Seen seen) throws IOException {
        if (seen.bytes() <= copy.bytes()) {
            return false;
        }
        FollowedFile original = checkpoint.files.get(copy.of());
        if (original != null && original.isOpen() && isPrefix(seen, original)) {
            checkpoint.copies.put(seen.key(), new Checkpoint.Copy(copy.of(), seen.bytes()));
            return true;
        }
        checkpoint.copies.remove(seen.key());
        FollowedFile file = begin(seen.key(), seen.path());
        if (file != null) {
            file.advance(copy.bytes());
        }
        return true;
    }

    /** Whether what a file ends with stands at the same place in another. */
    private static boolean isPrefix(FileKey.Seen seen, FollowedFile of) throws IOException {
        try (FileChannel channel = FileChannel.open(seen.path(), StandardOpenOption.READ)) {
            return Mark.tail(channel, seen.bytes()).isIn(of.channel());
        }
    }

    /**
     * Its bytes are gone, and it begins anew. What was not read of them is read from a copy, if one
     * lies in its directory, and what has no answer yet can be read again there.
     */
    void truncated(FollowedFile file) throws IOException {
        counts.rotations.increment();
        FollowedFile copy = adoptCopy(file);
        if (copy == null) {
            // nothing of it was read: what was taken for a copy is all that is left
            checkpoint.copies.values().removeIf(each -> each.of() == file.number);
        }
        file.vanished = true;
        file.close();
        if (copy == null) {
            notes.accept(
                    file.path
                            + ": truncated; what was not read of it before, if anything, is lost");
        }
        begin(file.key, file.path);
    }

    private @Nullable FollowedFile adoptCopy(FollowedFile file) {
        if (file.head.bytes() == 0) {
            return null;
        }
        for (FileKey.Seen each : neighbours(file)) {
            if (!each.key().equals(file.key) && isFree(each.key()) && each.bytes() >= file.offset) {
                FollowedFile copy = adopted(file, each);
                if (copy != null) {
                    return copy;
                }
            }
        }
        return null;
    }

    private boolean isFree(FileKey key) {
        return checkpoint.files.values().stream().noneMatch(f -> !f.vanished && f.key.equals(key));
    }

    private @Nullable FollowedFile adopted(FollowedFile file, FileKey.Seen seen) {
        try {
            FollowedFile copy = begin(seen.key(), seen.path());
            if (copy == null) {
                return null;
            }
            copy.offset = file.offset;
            copy.head = file.head;
            copy.tail = file.tail;
            if (!copy.isTheSame()) {
                checkpoint.files.remove(copy.number);
                copy.close();
                return null;
            }
            for (Ticket each : checkpoint.tickets()) {
                each.file = each.file == file ? copy : each.file;
            }
            checkpoint.copies.remove(seen.key());
            return copy;
        } catch (IOException unreadable) {
            return null;
        }
    }

    private List<FileKey.Seen> neighbours(FollowedFile file) {
        Path directory = file.path.toAbsolutePath().getParent();
        return directory == null ? List.of() : patterns.in(directory);
    }

    /** Lets go of files that no pattern finds and that do not grow, and of those that vanished. */
    private boolean leave(long nowNs) {
        Set<Long> busy = new HashSet<>();
        checkpoint.tickets().forEach(each -> busy.add(each.file.number));
        return checkpoint.files.values().removeIf(file -> isOver(file, nowNs, busy));
    }

    private boolean isOver(FollowedFile file, long nowNs, Set<Long> busy) {
        if (busy.contains(file.number)) {
            return false;
        }
        try {
            if (file.vanished) {
                file.close();
                return true;
            }
            boolean read = file.isOpen() && file.look(nowNs) <= file.offset;
            long stillMs = TimeUnit.NANOSECONDS.toMillis(nowNs - file.changedNs);
            if (file.matched || !read || stillMs < settings.goneMs()) {
                return false;
            }
            file.close();
            return true;
        } catch (IOException broken) {
            complain(file.path + ": " + reason(broken));
            return true;
        }
    }

    /** Says it once. */
    void complain(String what) {
        if (complaints.size() < MAX_COMPLAINTS && complaints.add(what)) {
            notes.accept(what);
        }
    }

    static String reason(IOException cause) {
        return cause instanceof NoSuchFileException
                ? "no such file"
                : cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
}
