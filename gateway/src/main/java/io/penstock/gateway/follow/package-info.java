/**
 * Files that grow, pushed line by line: {@code penstock push --follow}.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.follow.Follower} finds the files, cuts whole lines out
 * of them, and pushes them, through rotation and through its own death.
 *
 * <p><b>Flow.</b> Patterns are expanded at every poll; a file is known by device and inode, and by
 * what it begins with and what stood before the place that was read last, so that an inode used
 * again, a file that was truncated, and a copy are told apart. A range of whole lines becomes a
 * batch with a sequence; range and sequence stand in the checkpoint, on disk, before the batch is
 * sent, and leave it when it is acknowledged. After a crash the ranges in the checkpoint are read
 * again and sent under the same sequences: the gateway stages what it knows already no second time.
 *
 * <p><b>Threads.</b> One thread does everything; answers come to it through a queue.
 *
 * <p><b>Limits.</b> Files followed at once, batches under way, bytes of a range and of a line are
 * bounded; what waits stays in the files.
 */
@NullMarked
package io.penstock.gateway.follow;

import org.jspecify.annotations.NullMarked;
