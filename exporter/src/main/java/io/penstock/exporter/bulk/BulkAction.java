package io.penstock.exporter.bulk;

import org.jspecify.annotations.Nullable;

/**
 * One action of a bulk request. An object per action, as each is answered by itself.
 *
 * @param op what is to be done
 * @param index the index it names, or that of the path; may be empty
 * @param id the id it names; empty for none
 * @param start index of the document's first byte
 * @param end index behind its last byte
 * @param isEmpty whether the document has no members
 * @param fault why the document is none, or null
 */
public record BulkAction(
        Op op,
        String index,
        String id,
        int start,
        int end,
        boolean isEmpty,
        @Nullable String fault) {

    /** What can be done. */
    public enum Op {
        /** Store a document. */
        INDEX("index", true),
        /** Store a document that is not there. */
        CREATE("create", true),
        /** Change a document. */
        UPDATE("update", false),
        /** Delete a document. */
        DELETE("delete", false);

        private static final Op[] ALL = values();
        private final String word;
        private final boolean staged;

        Op(String word, boolean staged) {
            this.word = word;
            this.staged = staged;
        }

        /** The word for it. */
        public String word() {
            return word;
        }

        /** Whether its document can be staged. */
        public boolean staged() {
            return staged;
        }

        static @Nullable Op of(String word) {
            for (Op op : ALL) {
                if (op.word.equals(word)) {
                    return op;
                }
            }
            return null;
        }
    }
}
