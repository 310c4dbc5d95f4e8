package io.penstock.gateway.notify;

import io.penstock.model.Setting;
import java.util.Map;

/**
 * Keys {@code notices.webhooks.*}.
 *
 * <p>Threading: immutable.
 *
 * @param name of the channel
 * @param url where requests go
 * @param headers of every request
 * @param secret for the signature; empty for none
 * @param caFile certificates to trust instead of the platform's; empty for none
 */
public record WebhookConfig(
        @Setting(doc = "Name of the channel.") String name,
        @Setting(
                        doc = "Where requests go: http:// or https://. Never shown or logged.",
                        secret = true)
                String url,
        @Setting(value = "{}", doc = "Headers of every request, e.g. authorization.", secret = true)
                Map<String, String> headers,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Key of the header penstock-signature (HMAC-SHA256), as"
                                        + " ${file:/run/secrets/hook}; empty sends none.",
                        secret = true)
                String secret,
        @Setting(
                        value = "\"\"",
                        doc = "PEM file of certificates to trust instead of the platform's.")
                String caFile) {
    /** Checks the values. */
    public WebhookConfig {
        ChannelKeys.name(name);
        ChannelKeys.url(url);
        headers = Map.copyOf(headers);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "WebhookConfig[" + name + "]";
    }
}
