package io.penstock.exporter.segment;

/** Finds the next valid thing behind a hole. */
final class EntrySearch {

    private EntrySearch() {}

    /**
     * Offset of the next commit word or intact header at or behind {@code from}, or what is claimed
     * of the segment when there is none.
     */
    static int next(EntryReader reader, Segment segment, int from) {
        int end = segment.claimed();
        for (int offset = from; offset < end; offset += EntryFormat.ALIGNMENT) {
            if (reader.look(segment, offset) != CommitWord.Kind.NONE) {
                return offset;
            }
            // the position alone rules out nearly every place, so this costs two loads each
            if (reader.loadHeader() && reader.bodyGood()) {
                return offset;
            }
        }
        return end;
    }
}
