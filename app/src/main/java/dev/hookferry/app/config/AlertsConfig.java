package dev.hookferry.app.config;

import dev.hookferry.app.config.value.SecretText;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of operator alerts.
 *
 * @param types the kinds of incidents to report
 * @param consoleUrl the console's URL as users reach it, without a trailing slash; empty to send
 *     alerts without links
 * @param smtp the mail server, sender and recipients, or null to send no e-mail
 * @param slack the URL of a Slack incoming webhook, or null
 * @param teams the URL of a Microsoft Teams webhook, or null
 */
public record AlertsConfig(
    Set<AlertType> types,
    String consoleUrl,
    @Nullable SmtpConfig smtp,
    @Nullable SecretText slack,
    @Nullable SecretText teams) {
  public AlertsConfig {
    types = Set.copyOf(types);
    Objects.requireNonNull(consoleUrl, "consoleUrl");
  }

  /** Returns whether any alert channel is configured. */
  public boolean isOn() {
    return smtp != null || slack != null || teams != null;
  }
}
