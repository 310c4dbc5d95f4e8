package io.penstock.gateway.follow;

/** A range under way: what the checkpoint must know to send it again. */
final class Ticket {
    final long sequence;
    final long from;
    final long to;

    /** Where its bytes are; another one when they were found to be a copy. */
    FollowedFile file;

    Ticket(long sequence, FollowedFile file, long from, long to) {
        this.sequence = sequence;
        this.file = file;
        this.from = from;
        this.to = to;
    }
}
