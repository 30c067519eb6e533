package dev.hookferry.http.api;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.site.SettingsByName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What somebody wants an endpoint to be, as it is sent. */
final class EndpointBody {
  private static final String[] KNOWN = {
    "url",
    "eventTypes",
    "description",
    "headers",
    "secretHeaders",
    "signatures",
    "enabled",
    "retry",
    "qlmSecret"
  };

  private static final String[] KNOWN_NEW =
      Stream.concat(Stream.of(KNOWN), Stream.of("secret")).toArray(String[]::new);

  private EndpointBody() {}

  /**
   * A new endpoint.
   *
   * @param secret its {@code whsec_} secret, or null if it is to be made
   */
  record New(EndpointSpec asked, @Nullable StandardSecret secret) {}

  /** Reads the body of a creation, or of a trial. */
  static New ofNew(Call call) {
    RequestFields fields = call.givenFields(KNOWN_NEW);
    String text = fields.text("secret");
    StandardSecret secret =
        text == null ? null : fields.problems().collect("", () -> StandardSecret.parse(text));
    return new New(of(fields), secret);
  }

  /**
   * Reads the body of a change. Null sends {@code retry} and {@code qlmSecret} back to the site's
   * settings; the mask that stands for a present secret leaves it as it is.
   */
  static EndpointSpec ofChange(Call call) {
    return of(call.fields(KNOWN));
  }

  private static EndpointSpec of(RequestFields fields) {
    Set<String> cleared = new HashSet<>();
    Stream.of("retry", "qlmSecret").filter(fields::isNull).forEach(cleared::add);
    String qlm = cleared.contains("qlmSecret") ? null : fields.text("qlmSecret");
    EndpointSpec asked =
        new EndpointSpec(
                fields.text("url"),
                fields.texts("eventTypes"),
                fields.text("description"),
                fields.textMap("headers"),
                fields.texts("signatures"),
                fields.bool("enabled"),
                retry(fields),
                SettingsByName.MASK.equals(qlm) ? null : qlm,
                cleared,
                null)
            .withSecretHeaders(fields.texts("secretHeaders"));
    if (!fields.problems().isEmpty()) {
      alsoNoteMeaning(asked, fields.problems());
    }
    fields.check();
    return asked;
  }

  private static @Nullable RetrySettings retry(RequestFields fields) {
    RequestFields retry = fields.object("retry", "maxRetries", "intervalSeconds", "backoff");
    if (retry == null) {
      return null;
    }
    Integer most = retry.number("maxRetries", 0, 1000);
    Integer seconds = retry.number("intervalSeconds", 1, 86_400);
    RetrySettings.Backoff backoff =
        retry.word("backoff", EndpointBody::backoff, "must be fixed or exponential");
    Problems problems = fields.problems();
    problems.require(most != null, "retry.maxRetries", "is missing: retries after the first try");
    problems.require(seconds != null, "retry.intervalSeconds", "is missing: how long to wait");
    return most == null || seconds == null
        ? null
        : new RetrySettings(
            most,
            Duration.ofSeconds(seconds),
            backoff == null ? RetrySettings.Backoff.FIXED : backoff);
  }

  private static Optional<RetrySettings.Backoff> backoff(String word) {
    return Stream.of(RetrySettings.Backoff.values())
        .filter(backoff -> backoff.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  /**
   * The facade judges meaning, but is not asked if a kind is wrong; callers want it all at once.
   */
  private static void alsoNoteMeaning(EndpointSpec asked, Problems problems) {
    String url = asked.url();
    if (url != null && !url.isEmpty()) {
      problems.collect("", () -> TargetUrl.parse(url));
    }
    if (asked.eventTypes() != null) {
      asked.eventTypes().forEach(type -> problems.collect("", () -> new EventTypeFilter(type)));
    }
    List<String> types = asked.eventTypes();
    String description = asked.description();
    // A list that is empty may be none at all, which is a problem already.
    int filters = types == null || types.isEmpty() ? 1 : types.size();
    Endpoint.check(problems, filters, description == null ? "" : description);
    if (asked.headers() != null) {
      HeaderRules.check(problems, "headers", asked.headers());
    }
  }
}
