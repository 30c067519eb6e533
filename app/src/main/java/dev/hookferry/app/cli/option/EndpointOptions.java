package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.app.cli.io.ArgumentValues;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.SecretInput;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointRules;
import dev.hookferry.field.DurationText;
import dev.hookferry.refusal.InvalidException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the fields of an endpoint other than its URL; fields not given are left out. */
public final class EndpointOptions {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "Event types to receive, such as license_* or *; comma-separated.")
  private @Nullable List<String> types;

  @Option(names = "--description", paramLabel = "TEXT", description = "Free-text description.")
  private @Nullable String description;

  @Option(
      names = "--header",
      paramLabel = "NAME:VALUE",
      description = "A custom header, repeatable; the given headers replace all existing ones.")
  private @Nullable List<String> headers;

  @Option(
      names = "--secret-header",
      paramLabel = "NAME",
      split = ",",
      description = "Names of headers whose values are never shown; comma-separated.")
  private @Nullable List<String> secretHeaders;

  @Option(
      names = "--signature",
      paramLabel = "SIGNATURE",
      description = {
        "How requests are signed; repeatable. A profile such as standard or github, with options",
        "and an end as in 'custom header=X-Acme-Digest until=2031-01-31T00:00:00Z'. Several"
            + " without",
        "options may be separated by commas; the default is qlm,standard."
      })
  private @Nullable List<String> signatures;

  @Option(
      names = "--headers",
      paramLabel = "FILE",
      description = "A file with custom headers, one per line; keeps values off the command line.")
  private @Nullable Path headerFile;

  @Option(
      names = "--qlm-secret-file",
      paramLabel = "FILE",
      description = "A file with the endpoint's own X-QLM-Signature key; - as for --secret-file.")
  private @Nullable Path qlmSecretFile;

  @Option(
      names = "--qlm-secret-env",
      paramLabel = "NAME",
      description = "The environment variable with the endpoint's own X-QLM-Signature key.")
  private @Nullable String qlmSecretVariable;

  @Option(
      names = "--retry",
      paramLabel = "RULE",
      description = {
        "The endpoint's own retries: MAX:SECONDS[:BACKOFF], such as 8:10:exponential, or a",
        "schedule of delays, such as 5s,1m,30m,2h; site for the site's."
      })
  private @Nullable String retry;

  @Option(
      names = "--uid",
      paramLabel = "NAME",
      description = "A name of your choice to use instead of the id; \"\" removes it.")
  private @Nullable String uid;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description =
          "A label that events must have; repeatable. Replaces all existing ones; none removes"
              + " all.")
  private @Nullable List<String> labels;

  @Option(
      names = "--metadata",
      paramLabel = "NAME=VALUE",
      description =
          "A note for programs; repeatable. Replaces all existing ones; none removes all.")
  private @Nullable List<String> metadata;

  @Option(
      names = "--filter",
      paramLabel = "JSON",
      description =
          "The condition that an event's data must meet, such as {\"Seats\":{\"$gte\":10}}; or"
              + " @FILE.")
  private @Nullable String filter;

  @Option(names = "--body", paramLabel = "BODY", description = BodyOption.HELP)
  private @Nullable String requestBody;

  @Option(
      names = "--rate-limit",
      paramLabel = "RATE",
      description =
          "Maximum rate, such as 10/s, 600/min or 5000/h; site for the site's limits. Replaces both"
              + " limits, as --concurrency does.")
  private @Nullable String rate;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Maximum requests in flight, on each node: 1 to 1000.")
  private @Nullable String concurrency;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description = {
        "by-key sends events with the same ordering key one after the other; none (default) sends",
        "each event as soon as possible."
      })
  private @Nullable String order;

  @Option(
      names = "--on-exhaustion",
      paramLabel = "ACTION",
      description = {
        "With --order by-key: whether a delivery that is out of retries blocks its key until it is",
        "retried or skipped with blocked-keys (block, default), or the next event is sent (skip)."
      })
  private @Nullable String onExhaustion;

  @Mixin private RequestOptions requests = new RequestOptions();

  /**
   * Adds the given fields to a request body, except for secrets.
   *
   * @throws InvalidException with all errors in them
   */
  public void write(ObjectNode body) {
    OptionProblems problems = new OptionProblems();
    addAll(body, "eventTypes", types);
    problems.check(() -> SignatureOption.write(signatures, body));
    addAll(body, "secretHeaders", secretHeaders);
    put(body, "description", description);
    problems.check(() -> HeaderOptions.write(headers, headerFile, body));
    problems.check(() -> addRetry(body, retry));
    problems.check(() -> BodyOption.write(requestBody, body));
    problems.check(() -> addLimits(body, problems));
    put(body, "order", order);
    put(body, "onExhaustion", onExhaustion);
    problems.check(() -> addFilter(body));
    if (uid != null) {
      body.put("uid", uid.isEmpty() ? null : uid);
    }
    addPairs(body, "labels", "--label", labels, problems);
    addPairs(body, "metadata", "--metadata", metadata, problems);
    requests.write(body, problems);
    problems.throwIfAny(EndpointFields.NEW, body, EndpointRules::check);
  }

  /**
   * Adds the given secrets to a request body. Call this last, so that the user is not prompted for
   * a secret if another option is invalid.
   *
   * @throws InvalidException with all errors in them
   */
  public void writeSecrets(ObjectNode body, OutputOptions output) {
    OptionProblems problems = new OptionProblems();
    problems.check(() -> put(body, "qlmSecret", qlmSecret(output)));
    problems.check(() -> requests.writeSecret(body, output));
    problems.throwIfAny();
  }

  private void addFilter(ObjectNode body) {
    if (filter != null) {
      body.putRawValue("filter", new RawValue(JsonOption.text("--filter", filter)));
    }
  }

  private static void put(ObjectNode body, String field, @Nullable String value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  static void addPairs(
      ObjectNode body,
      String field,
      String option,
      @Nullable List<String> pairs,
      OptionProblems problems) {
    if (pairs != null) {
      ObjectNode object = body.putObject(field);
      if (!pairs.equals(List.of("none"))) {
        pairs.forEach(
            pair -> problems.check(() -> EventOptionsMixin.addPair(object, option, pair)));
      }
    }
  }

  private @Nullable String qlmSecret(OutputOptions output) {
    if (qlmSecretFile == null) {
      return qlmSecretVariable == null
          ? null
          : SecretInput.ofVariable("--qlm-secret-env", qlmSecretVariable);
    }
    String option = "--qlm-secret-file";
    if (qlmSecretVariable != null) {
      throw InvalidException.of(option, "must not be given with --qlm-secret-env");
    }
    return SecretInput.ofFile(option, qlmSecretFile, output.terminal());
  }

  private static void addAll(ObjectNode body, String field, @Nullable List<String> texts) {
    if (texts != null) {
      texts.forEach(body.putArray(field)::add);
    }
  }

  private void addLimits(ObjectNode body, OptionProblems problems) {
    if ("site".equals(rate)) {
      if (concurrency != null) {
        throw InvalidException.of("--concurrency", "must not be given with --rate-limit site");
      }
      body.putNull("limits");
      return;
    }
    ObjectNode limits = body.objectNode();
    problems.check(() -> ArgumentValues.addRate(limits, rate));
    problems.check(() -> addConcurrency(limits));
    if (!limits.isEmpty()) {
      body.set("limits", limits);
    }
  }

  private void addConcurrency(ObjectNode limits) {
    if (concurrency != null) {
      limits.put("concurrency", ArgumentValues.whole("--concurrency", concurrency, 1, 1_000));
    }
  }

  private static boolean isDelay(String text) {
    return DurationText.parse(text).isPresent();
  }

  private static void addRetry(ObjectNode body, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (text.equals("site")) {
      body.putNull("retry");
      return;
    }
    String[] parts = text.split(":", -1);
    if (Stream.of(parts[0].split(",", -1)).allMatch(EndpointOptions::isDelay)) {
      Stream.of(text.split(",", -1)).forEach(body.putObject("retry").putArray("schedule")::add);
      return;
    }
    if (!text.matches("[0-9]{1,9}:[0-9]{1,9}(:[a-z]+)?")) {
      throw InvalidException.of(
          "--retry", "must be like 8:10:exponential, 5s,1m,30m or site (got " + text + ")");
    }
    ObjectNode retry = body.putObject("retry");
    retry.put("maxRetries", Integer.parseInt(parts[0]));
    retry.put("intervalSeconds", Integer.parseInt(parts[1]));
    if (parts.length > 2) {
      retry.put("backoff", parts[2]);
    }
  }
}
