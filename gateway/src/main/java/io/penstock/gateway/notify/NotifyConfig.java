package io.penstock.gateway.notify;

import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys {@code notices.*}: who is told outside of the node, and how hard it is tried.
 *
 * <p>Threading: immutable.
 *
 * @param timeoutMs longest that a try may take
 * @param attempts tries of a notice
 * @param retryMs wait before the second try
 * @param maxPerMinute notices that a channel takes in a minute
 * @param webhooks channels in our own form
 * @param slack channels in the form of Slack
 * @param mail channels by mail
 */
public record NotifyConfig(
        @Setting(value = "10s", doc = "Longest that one try to send a notice may take.")
                long timeoutMs,
        @Setting(
                        value = "5",
                        doc =
                                "Tries of a notice; the wait between them begins at retry_ms and"
                                        + " doubles up to 1 min: 5 tries take about 30 s when the"
                                        + " other side is restarted. Then it is lost and counted.")
                int attempts,
        @Setting(value = "2s", doc = "Wait before the second try.") long retryMs,
        @Setting(
                        value = "30",
                        doc =
                                "Notices that each channel takes in a minute; those beyond it are"
                                        + " lost and counted. Alerts are grouped before, so that this"
                                        + " is for what goes wrong.")
                int maxPerMinute,
        @Setting(
                        value = "[]",
                        doc = "Requests with JSON of our own form; docs/alerting.md shows it.")
                List<WebhookConfig> webhooks,
        @Setting(
                        value = "[]",
                        doc =
                                "Requests in the form of Slack, which Mattermost and others take too.")
                List<SlackConfig> slack,
        @Setting(value = "[]", doc = "Mail by SMTP.") List<MailChannelConfig> mail) {

    /** Most channels, of all kinds together. */
    public static final int MAX_CHANNELS = 20;

    /** Checks ranges, and that names differ. */
    public NotifyConfig {
        Require.within("timeout_ms", timeoutMs, 100, 300_000);
        Require.within("attempts", attempts, 1, 20);
        Require.within("retry_ms", retryMs, 10, 600_000);
        Require.within("max_per_minute", maxPerMinute, 1, 10_000);
        webhooks = List.copyOf(webhooks);
        slack = List.copyOf(slack);
        mail = List.copyOf(mail);
        List<String> names = new ArrayList<>();
        webhooks.forEach(each -> names.add(each.name()));
        slack.forEach(each -> names.add(each.name()));
        mail.forEach(each -> names.add(each.name()));
        if (names.size() > MAX_CHANNELS) {
            throw new IllegalArgumentException("there may be " + MAX_CHANNELS + " channels");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("two channels are called '" + name + "'");
            }
        }
    }

    /** The names of all channels. */
    public Set<String> names() {
        Set<String> names = new HashSet<>();
        webhooks.forEach(each -> names.add(each.name()));
        slack.forEach(each -> names.add(each.name()));
        mail.forEach(each -> names.add(each.name()));
        return Set.copyOf(names);
    }
}
