package dev.hookferry.app.cli.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.option.Candidates;
import dev.hookferry.app.cli.option.EventOptionsMixin;
import dev.hookferry.app.cli.option.OptionProblems;
import dev.hookferry.field.DurationText;
import dev.hookferry.http.words.Words;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for the capabilities, scope, lifetime and appearance of a portal link. */
final class PortalLinkOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The user's name, for the audit log.")
  private @Nullable String name;

  @Option(
      names = "--can",
      paramLabel = "CAPABILITY",
      split = ",",
      completionCandidates = Candidates.Capabilities.class,
      description =
          "Capabilities besides reading: test, retry, manage, remove, secrets or payload;"
              + " comma-separated or repeated (default: test, retry, payload).")
  private String @Nullable [] can;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description =
          "Limits the link to endpoints with this label (repeatable; default: the whole site).")
  private @Nullable List<String> labels;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      description = "How long the session may be unused, 1m to 12h (default: 1h).")
  private @Nullable Duration idle;

  @Option(
      names = "--valid-for",
      paramLabel = "TIME",
      description = "How long the link can be opened, 15s to 15m (default: 60s).")
  private @Nullable Duration validity;

  @Option(
      names = "--locale",
      paramLabel = "TAG",
      description = "The language of the pages: de, en or fr (default: the browser's).")
  private @Nullable String locale;

  @Option(
      names = "--theme",
      paramLabel = "THEME",
      description = "auto, light or dark (default: auto, which follows the user's system).")
  private @Nullable String theme;

  @Option(
      names = "--page",
      paramLabel = "PATH",
      description = "The first page, such as /portal/deliveries (default: Home).")
  private @Nullable String page;

  @Option(
      names = "--return-url",
      paramLabel = "ADDRESS",
      description =
          "Where a link on every page leads back to your product; its origin must be in portal.origins.")
  private @Nullable String returnUrl;

  @Option(names = "--as-operator", description = "Opens the portal as this user, read-only.")
  private boolean asOperator;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** Warns that a link without a label opens the whole site. */
  void warn() {
    if (labels == null && command != null) {
      command
          .commandLine()
          .getErr()
          .println(
              "hookferry: warning: this link opens the whole site; --label limits it to the endpoints that"
                  + " have the label");
    }
  }

  /** Returns the request for a link. */
  ObjectNode body(String subject) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("subject", subject);
    OptionProblems problems = new OptionProblems();
    problems.check(this::requireLanguage);
    problems.check(() -> putTimes(body));
    problems.check(() -> EventOptionsMixin.addPairs(body, "labels", "--label", labels));
    problems.throwIfAny();
    put(body, "name", name);
    put(body, "locale", locale);
    put(body, "theme", theme);
    put(body, "page", page);
    put(body, "returnUrl", returnUrl);
    if (asOperator) {
      body.put("asOperator", true);
    }
    if (can != null) {
      var words = body.putArray("can");
      for (String word : can) {
        words.add(word);
      }
    }
    return body;
  }

  private void requireLanguage() {
    if (locale != null && !Words.LANGUAGES.contains(locale.split("-", 2)[0])) {
      throw InvalidException.of("--locale", "must be de, en or fr (got " + locale + ")");
    }
  }

  private void putTimes(ObjectNode body) {
    if (idle != null) {
      requireFrom(Duration.ofMinutes(1), Duration.ofHours(12), idle, "--idle-timeout", "minutes");
      body.put("sessionMinutes", idle.toMinutes());
    }
    if (validity != null) {
      requireFrom(
          Duration.ofSeconds(15), Duration.ofMinutes(15), validity, "--valid-for", "seconds");
      body.put("codeSeconds", validity.toSeconds());
    }
  }

  /** Requires a duration in this range that is a whole number of the API's unit. */
  private static void requireFrom(
      Duration min, Duration max, Duration given, String option, String unit) {
    long rest = given.toMillis() % (unit.equals("minutes") ? 60_000 : 1_000);
    if (given.compareTo(min) < 0 || given.compareTo(max) > 0 || rest != 0) {
      throw InvalidException.of(
          option,
          "must be from %s to %s, in whole %s (got %s)"
              .formatted(DurationText.of(min), DurationText.of(max), unit, DurationText.of(given)));
    }
  }

  private static void put(ObjectNode body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
