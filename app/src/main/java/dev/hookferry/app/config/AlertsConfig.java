package dev.hookferry.app.config;

import dev.hookferry.app.config.value.SecretText;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the alerts to operators.
 *
 * @param types the kinds of incidents to report
 * @param consoleUrl the console's address as users reach it, without a slash at the end; empty if
 *     alerts have no links
 * @param smtp the mail to send, or null for none
 * @param slack the URL of an incoming webhook of Slack, or null
 * @param teams the URL of a webhook of Microsoft Teams, or null
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
