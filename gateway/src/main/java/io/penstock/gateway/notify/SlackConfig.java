package io.penstock.gateway.notify;

import io.penstock.model.Setting;

/**
 * Keys {@code notices.slack.*}.
 *
 * <p>Threading: immutable.
 *
 * @param name of the channel
 * @param url of the incoming webhook, which is a secret
 * @param caFile certificates to trust instead of the platform's; empty for none
 */
public record SlackConfig(
        @Setting(doc = "Name of the channel.") String name,
        @Setting(
                        doc =
                                "URL of an incoming webhook, as ${file:/run/secrets/slack}: whoever"
                                        + " has it may write there. Never shown or logged.",
                        secret = true)
                String url,
        @Setting(
                        value = "\"\"",
                        doc = "PEM file of certificates to trust instead of the platform's.")
                String caFile) {
    /** Checks the values. */
    public SlackConfig {
        ChannelKeys.name(name);
        ChannelKeys.url(url);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "SlackConfig[" + name + "]";
    }
}
