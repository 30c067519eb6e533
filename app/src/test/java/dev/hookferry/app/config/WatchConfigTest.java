package dev.hookferry.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.config.LogConfig.LoggerLevel;
import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.reading.ServerConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of log and telemetry. */
final class WatchConfigTest {
  @TempDir private Path folder;

  private LoadedConfig read(String yaml, Map<String, String> environment) throws IOException {
    Files.writeString(folder.resolve("hookferry.yaml"), yaml);
    return ServerConfigReader.read(new ConfigSources(folder, null, environment, Map.of()));
  }

  @Test
  void levelsOfLoggersAreAnObjectOrAList() throws IOException {
    LoggerLevel ours = new LoggerLevel("dev.hookferry.jdbc", LogLevel.DEBUG);
    LoggerLevel theirs = new LoggerLevel("io.undertow", LogLevel.INFO);
    String yaml = "logLevels:\n  dev.hookferry.jdbc: debug\n  io.undertow: info\n";
    assertThat(read(yaml, Map.of()).config().log().levels()).containsExactly(ours, theirs);
    assertThat(read("logLevels: [io.undertow=info]", Map.of()).config().log().levels())
        .containsExactly(theirs);
    Map<String, String> variable =
        Map.of("HOOKFERRY_LOG_LEVELS", "dev.hookferry.jdbc=debug, io.undertow=info");
    assertThat(read(yaml, variable).config().log().levels()).containsExactly(ours, theirs);
  }

  @Test
  void nothingIsExportedByDefault() throws IOException {
    assertThat(read("", Map.of()).config().metrics().otel().isOn()).isFalse();
  }

  @Test
  void theCollectorIsConfiguredAndItsHeadersAreMasked() throws IOException {
    LoadedConfig loaded =
        read(
            "otel:\n  endpoint: https://otel.example:4318/\n  interval: 15s\n  share: 0.1\n",
            Map.of("HOOKFERRY_OTEL_HEADERS", "api-key=s3cr=t, x-tenant=a"));
    OtelConfig otel = loaded.config().metrics().otel();
    assertThat(otel.isOn()).isTrue();
    assertThat(otel.endpoint()).isEqualTo("https://otel.example:4318");
    assertThat(otel.interval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(otel.share()).isEqualTo(0.1);
    assertThat(otel.headers().get("api-key").text()).isEqualTo("s3cr=t");
    assertThat(otel.toString()).doesNotContain("s3cr");
  }

  @Test
  void alertsGoToTheConfiguredRecipients() throws IOException {
    String yaml =
        """
        alerts:
          email: {to: [ops@example.com, boss@example.com], from: hookferry@example.com}
          smtp: {host: mail.internal, user: hookferry}
          types: [backlog_late, store_unavailable]
          consoleUrl: https://hooks.example.com/ops/
        """;
    AlertsConfig alerts =
        read(
                yaml,
                Map.of(
                    "HOOKFERRY_ALERTS_SMTP_PASSWORD", "s3cret",
                    "HOOKFERRY_ALERTS_SLACK", "https://8.8.8.8/services/s3cret"))
            .config()
            .alerts();
    assertThat(alerts.isOn()).isTrue();
    assertThat(alerts.types())
        .containsExactlyInAnyOrder(AlertType.BACKLOG_LATE, AlertType.STORE_UNAVAILABLE);
    assertThat(alerts.consoleUrl()).isEqualTo("https://hooks.example.com/ops");
    SmtpConfig smtp = Objects.requireNonNull(alerts.smtp());
    assertThat(smtp.port()).isEqualTo(587);
    assertThat(smtp.tls()).isEqualTo(SmtpConfig.Tls.STARTTLS);
    assertThat(smtp.to()).containsExactly("ops@example.com", "boss@example.com");
    assertThat(alerts.toString()).doesNotContain("s3cret");
    assertThat(read("", Map.of()).config().alerts().isOn()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "logLevels: [io.undertow=loud] | logLevels must be loggers with their levels",
        "logLevels: {io: {undertow: info}} | logLevels",
        "logConfig: nowhere.xml | logConfig must be a file that can be read",
        "otel.endpoint: collector:4318 | otel.endpoint must be a URL such as",
        "otel.endpoint: https://a:b@otel.example | otel.endpoint must not contain credentials",
        "otel.share: 2 | otel.share must be a number from 0 to 1",
        "alerts.email.to: [nobody] | alerts.email.to must be a list of e-mail addresses",
        "alerts.email.to: [a@b@c.example] | alerts.email.to must be a list of e-mail addresses",
        "alerts.email.to: [ops(team)@b.example] | alerts.email.to must be a list of e-mail addresses",
        "alerts.email.to: [a..b@c.example] | alerts.email.to must be a list of e-mail addresses",
        "alerts.email.to: [a@b..example] | alerts.email.to must be a list of e-mail addresses",
        "alerts.email.from: Hookferry <a@b.example> | alerts.email.from must be an e-mail address",
        "alerts.smtp.host: mail.example:587 | alerts.smtp.host must be a host, without a port",
        "alerts.smtp.host: https://mail.example | alerts.smtp.host must be a host",
        "alerts.smtp.password: [s3cret, s3cret] | alerts.smtp.password must be a password, not a list",
        "alerts.smtp.password: *s3 | alerts.smtp.password must have a value",
        "alerts.email.to: [a@b.example] | alerts.email.to requires alerts.email.from as well",
        "alerts.smtp.password: s3cret | alerts.smtp.password requires alerts.smtp.user",
        "alerts.slack: http://127.0.0.1/s3cret | alerts.slack",
        "alerts.consoleUrl: hooks.example.com | alerts.consoleUrl must be a URL such as https://",
        "alerts.consoleUrl: https://a.example/?b=c | alerts.consoleUrl must be a URL such as",
        "alerts.types: [lunch] | alerts.types must be kinds of alerts",
        "otel.headers: [s3cret] | otel.headers must be headers such as api-key=…",
      })
  void badValuesAreNamedWithTheirRule(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("s3cret");
  }
}
