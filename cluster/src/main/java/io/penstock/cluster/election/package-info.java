/**
 * Who leads: term voting over a fixed set of voters.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.election.Ballot} is a voter's promise, kept in a
 * forced file; {@link io.penstock.cluster.election.Candidate} asks for votes; {@link
 * io.penstock.cluster.election.Leadership} is what the rest of the house asks. It is the voting
 * half of Raft (Ongaro, Ousterhout 2014, section 5.2), with the trial votes of Ongaro's thesis
 * (section 9.6) and a leader lease in place of the log.
 *
 * <p><b>Flow.</b> A voter's timer for the leader runs out → after a random wait it asks for a
 * trial, then for votes in the next epoch → a majority promises, each by a forced write before its
 * answer → the leader renews with all voters and acts only while a majority confirmed what it sent
 * lately.
 *
 * <p><b>Threads.</b> Confined to the thread of one {@code lease.Member}; no clock: time is handed
 * in, in nanoseconds of a clock that never goes back. Only {@code VoterFile.write} waits, for the
 * disk.
 *
 * <p><b>Limits.</b> At most {@link io.penstock.cluster.election.Voters#MOST} voters. The voter's
 * file grows by one line per fenced node of an epoch, about 50 bytes.
 */
@NullMarked
package io.penstock.cluster.election;

import org.jspecify.annotations.NullMarked;
