package io.penstock.gateway.report;

import io.vertx.core.Future;

/** Sends reports to people. */
@FunctionalInterface
public interface Post {
    /**
     * Sends one.
     *
     * @param text as Markdown, for those who read no HTML
     * @return fails when it could not be sent; the report is written all the same
     */
    Future<Void> send(String subject, String text, String html);
}
