/**
 * Messages to people, outside of the node: by webhook, in the form of Slack, by mail.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.notify.Channels} are those that the configuration
 * names (keys {@code notices.*}). Whoever has something to tell makes a {@link
 * io.penstock.gateway.notify.Notice} and gives it to a {@link io.penstock.gateway.notify.Channel}:
 *
 * <pre>{@code
 * Notice notice = new Notice("report of today", text, html,
 *         new Notice.Attachment("report.md", "text/markdown", markdown));
 * for (Channel channel : channels.named(names)) {
 *     channel.send(notice).onFailure(lost -> ...);
 * }
 * }</pre>
 *
 * A text is always there; HTML and attachments are for mail, {@link
 * io.penstock.gateway.notify.Notice#data} for webhooks. A part of the mail's HTML may show an
 * attachment as {@code <img src="cid:NAME">}.
 *
 * <p><b>Flow.</b> A notice goes through the bounds of its channel, then to its {@code Wire}: one
 * try each, repeated by the channel where that may help. The future completes when the other side
 * took the notice, and fails when it is lost, which is counted and logged.
 *
 * <p><b>Threads.</b> Any thread; a channel never blocks.
 *
 * <p><b>Limits.</b> {@code notices.attempts} tries of {@code notices.timeout_ms} each; {@code
 * notify.max_per_minute} notices and {@code BoundedChannel.MAX_UNDERWAY} of them at once in each
 * channel, {@code NotifyConfig.MAX_CHANNELS} channels, {@code Notice.MAX_BYTES} of a notice. What
 * is beyond a bound is lost and counted: a target that is dead must not cost memory. URLs, user
 * names and passwords are in no log, no answer and no text of an exception.
 */
@NullMarked
package io.penstock.gateway.notify;

import org.jspecify.annotations.NullMarked;
