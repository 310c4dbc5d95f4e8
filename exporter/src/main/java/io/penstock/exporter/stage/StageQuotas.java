package io.penstock.exporter.stage;

import io.penstock.model.RepoName;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What whoever owns repos may have of this node's disk. Stages know repos and no owners; this is
 * where the two meet.
 *
 * <p>Threading: any thread; must not block.
 */
public interface StageQuotas {
    /** Everybody may have everything. */
    StageQuotas NONE =
            new StageQuotas() {
                @Override
                public void found(RepoName repo) {}

                @Override
                public @Nullable Refusal create(RepoName repo) {
                    return null;
                }

                @Override
                public void gone(RepoName repo) {}

                @Override
                public String open(RepoName repo, Collection<RepoName> open, int limit) {
                    return "";
                }

                @Override
                public StagedShare share(RepoName repo) {
                    return StagedShare.ALL;
                }
            };

    /** A repo lay on the disk when the node started. */
    void found(RepoName repo);

    /** A repo is to be made: counts it and answers null, or says why not and counts nothing. */
    @Nullable Refusal create(RepoName repo);

    /** A repo that was found or created is no more. */
    void gone(RepoName repo);

    /**
     * Whether a push may open a repo's ring; what is left from before is opened unasked.
     *
     * @param open those that are open, this one included
     * @param limit of those
     * @return empty when it may, else why not, for people
     */
    String open(RepoName repo, Collection<RepoName> open, int limit);

    /** The share that a repo's staged bytes count in. */
    StagedShare share(RepoName repo);
}
