package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.AlertType;
import dev.hookferry.app.config.AlertsConfig;
import dev.hookferry.app.config.SmtpConfig;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configuration keys of the alerts. */
final class AlertKeys {
  /** Excludes quoted local parts and domain literals, which are not used in practice. */
  private static final Pattern MAILBOX =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

  private static final ValueKind<String> ADDRESS =
      ValueKind.one("ADDRESS", "an e-mail address", AlertKeys::address);

  static final ConfigKey<List<String>> TO =
      new ConfigKey<>(
          "alerts.email.to",
          ValueKind.list("ADDRESS", "a list of e-mail addresses", AlertKeys::address),
          "",
          "--alerts-email-to",
          "Recipients of alerts by e-mail; none if empty.");
  static final ConfigKey<String> FROM =
      new ConfigKey<>(
          "alerts.email.from",
          ADDRESS,
          "",
          "--alerts-email-from",
          "The sender of the mail; required with alerts.email.to.");
  static final ConfigKey<String> HOST =
      new ConfigKey<>(
          "alerts.smtp.host",
          ValueKind.one("HOST", "a host, without a port", AlertKeys::host),
          "",
          "--alerts-smtp-host",
          "The mail server; required with alerts.email.to.");
  static final ConfigKey<Integer> PORT =
      new ConfigKey<>(
          "alerts.smtp.port",
          ValueKind.number(1, 65_535),
          "587",
          "--alerts-smtp-port",
          "The mail server's port.");
  static final ConfigKey<SmtpConfig.Tls> TLS =
      new ConfigKey<>(
          "alerts.smtp.tls",
          ValueKind.word(SmtpConfig.Tls.class),
          "starttls",
          "--alerts-smtp-tls",
          "Encryption to the mail server: starttls, tls from the beginning, or none.");
  static final ConfigKey<String> USER =
      new ConfigKey<>(
          "alerts.smtp.user",
          ValueKind.text("NAME", "a name"),
          "",
          "--alerts-smtp-user",
          "The user at the mail server; empty to send without authentication.");
  static final ConfigKey<String> PASSWORD =
      new ConfigKey<>(
          "alerts.smtp.password",
          ValueKind.text("PASSWORD", "a password"),
          "",
          null,
          "The user's password at the mail server.");
  static final ConfigKey<String> SLACK =
      new ConfigKey<>(
          "alerts.slack",
          ValueKind.text("URL", "a URL"),
          "",
          null,
          "The URL of a Slack incoming webhook that gets alerts.");
  static final ConfigKey<String> TEAMS =
      new ConfigKey<>(
          "alerts.teams",
          ValueKind.text("URL", "a URL"),
          "",
          null,
          "The URL of a webhook of Microsoft Teams that gets alerts.");
  static final ConfigKey<List<AlertType>> TYPES =
      new ConfigKey<>(
          "alerts.types",
          ValueKind.list("TYPE", "kinds of alerts: " + allTypes(), AlertKeys::type),
          "",
          "--alerts-types",
          "Which alerts are sent; empty for all.");

  static final ConfigKey<String> CONSOLE =
      new ConfigKey<>(
          "alerts.consoleUrl",
          ValueKind.one(
              "URL", "a URL such as https://hooks.example.com, without a query", AlertKeys::page),
          "",
          "--alerts-console-url",
          "The console's address as users reach it; alerts link to its pages.");

  static final List<ConfigKey<?>> ALL =
      List.of(TO, FROM, HOST, PORT, TLS, USER, PASSWORD, SLACK, TEAMS, TYPES, CONSOLE);

  private AlertKeys() {}

  private static String allTypes() {
    return Stream.of(AlertType.values()).map(AlertType::code).collect(Collectors.joining(", "));
  }

  private static AlertType type(String text) {
    return Stream.of(AlertType.values())
        .filter(type -> type.code().equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private static String address(String text) {
    ValueKind.require(text.isEmpty() || MAILBOX.matcher(text).matches());
    return text;
  }

  /** Accepts names and IP addresses. Rejects ports and URLs: they would fail at the first alert. */
  private static String host(String text) {
    ValueKind.require(text.matches("[A-Za-z0-9._-]*|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[^/]*"));
    return text;
  }

  /** Returns the URL without trailing slashes. */
  private static String page(String text) {
    ValueKind.require(text.matches("|https?://[A-Za-z0-9._:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?"));
    return text.replaceAll("/+$", "");
  }

  /** Adds a problem for each key that requires another one and for each forbidden webhook URL. */
  static void check(EffectiveConfig values, OutboundPolicy policy, CollectedValues problems) {
    boolean mails = !values.get(TO).isEmpty();
    problems.require(
        !mails || !values.get(FROM).isEmpty(), TO, "requires alerts.email.from as well");
    problems.require(
        !mails || !values.get(HOST).isEmpty(), TO, "requires alerts.smtp.host as well");
    problems.require(
        values.get(PASSWORD).isEmpty() || !values.get(USER).isEmpty(),
        PASSWORD,
        "requires alerts.smtp.user");
    problems.require(
        values.get(PASSWORD).isEmpty()
            || values.get(TLS) != SmtpConfig.Tls.NONE
            || List.of("127.0.0.1", "localhost", "::1").contains(values.get(HOST)),
        PASSWORD,
        "must not be sent in the clear; set alerts.smtp.tls to starttls or tls");
    for (ConfigKey<String> key : List.of(SLACK, TEAMS)) {
      String url = values.get(key);
      if (!url.isEmpty()) {
        try {
          policy.check(TargetUrl.parse(url));
        } catch (InvalidException e) {
          problems.require(false, key, e.problems().get(0).reason());
        }
      }
    }
  }

  static AlertsConfig config(EffectiveConfig values) {
    Set<AlertType> types = EnumSet.allOf(AlertType.class);
    if (!values.get(TYPES).isEmpty()) {
      types = EnumSet.copyOf(values.get(TYPES));
    }
    return new AlertsConfig(
        types,
        values.get(CONSOLE),
        smtp(values),
        secret(values.get(SLACK)),
        secret(values.get(TEAMS)));
  }

  private static @Nullable SmtpConfig smtp(EffectiveConfig values) {
    if (values.get(TO).isEmpty()) {
      return null;
    }
    String user = values.get(USER);
    return new SmtpConfig(
        values.get(HOST),
        values.get(PORT),
        values.get(TLS),
        user.isEmpty() ? null : user,
        secret(values.get(PASSWORD)),
        values.get(FROM),
        values.get(TO));
  }

  private static @Nullable SecretText secret(String text) {
    return text.isEmpty() ? null : new SecretText(text);
  }
}
