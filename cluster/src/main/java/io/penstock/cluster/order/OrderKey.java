package io.penstock.cluster.order;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.model.RepoName;
import java.util.Optional;

/**
 * The keys of orders: a kind, and what it is about.
 *
 * <pre>
 * drain/NODE              ""            its tasks leave, none come
 * pin/REPO/EXPORT         node,node     its tasks run there and nowhere else
 * pin/REPO/EXPORT#SHARE   node,node     that task
 * exclusive/REPO/EXPORT   ""            its tasks get a node each
 * group/GROUP             settings      see {@link GroupSettings}
 * member/REPO/EXPORT      group         its tasks are scheduled there
 * export/REPO/EXPORT      definition    an export made by request; whoever makes exports reads it
 * </pre>
 *
 * <p>Repos, exports and nodes have no slash and no number sign in their names.
 */
public final class OrderKey {
    static final String DRAIN = "drain/";
    static final String PIN = "pin/";
    static final String EXCLUSIVE = "exclusive/";
    static final String GROUP = "group/";
    static final String MEMBER = "member/";
    static final String EXPORT = "export/";

    private OrderKey() {}

    /** A node that drains. */
    public static String drain(NodeId node) {
        return DRAIN + node;
    }

    /** Where an export's tasks may run. */
    public static String pin(RepoName repo, String export) {
        return PIN + export(repo, export);
    }

    /** Where one task may run. */
    public static String pin(TaskKey task) {
        return PIN + task;
    }

    /** An export whose tasks are alone on their nodes. */
    public static String exclusive(RepoName repo, String export) {
        return EXCLUSIVE + export(repo, export);
    }

    /** A scheduling group. */
    public static String group(String name) {
        return GROUP + name;
    }

    /** Which group an export is in. */
    public static String member(RepoName repo, String export) {
        return MEMBER + export(repo, export);
    }

    /** The same of an export as {@code REPO/EXPORT}. */
    public static String member(String export) {
        return MEMBER + export;
    }

    /** What was asked for about an export; its value may hold secrets. */
    public static String definition(RepoName repo, String export) {
        return EXPORT + export(repo, export);
    }

    /** Which export a definition is about, as {@code REPO/EXPORT}; empty for other keys. */
    public static Optional<String> defined(String key) {
        return about(EXPORT, key);
    }

    /** An export, as {@code REPO/EXPORT}. */
    public static String export(RepoName repo, String export) {
        return repo + "/" + export;
    }

    /** What a key of a kind is about; empty if it is of another kind. */
    static Optional<String> about(String kind, String key) {
        return key.startsWith(kind) ? Optional.of(key.substring(kind.length())) : Optional.empty();
    }
}
