package dev.hookferry.http.api;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.site.SettingsByName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses bodies that create, change or test an endpoint. */
final class EndpointBody {
  /** The fields that null resets to the site's setting. */
  private static final Set<String> CLEARABLE =
      Set.of(EndpointFields.RETRY.name(), EndpointFields.QLM_SECRET.name());

  private EndpointBody() {}

  /**
   * The body of a creation.
   *
   * @param secret the {@code whsec_} secret, or null to generate one
   */
  record New(EndpointSpec asked, @Nullable StandardSecret secret) {}

  /** Parses the body of a creation, or of a test before registration. */
  static New ofNew(Call call) {
    RequestFields fields = call.given(EndpointFields.NEW, Set.of());
    FieldValues values = EndpointFields.NEW.read(fields);
    String text = values.get(EndpointFields.SECRET);
    StandardSecret secret =
        text == null ? null : fields.problems().collect("", () -> StandardSecret.parse(text));
    return new New(of(fields, values), secret);
  }

  /**
   * Parses the body of a change. Null resets {@code retry} and {@code qlmSecret} to the site's
   * settings, and leaves every other field unchanged, as generated clients write null for fields
   * that were not set. The mask of a secret leaves the secret unchanged. Fields that only responses
   * have are ignored, so that a client can send back what it read.
   */
  static EndpointSpec ofChange(Call call) {
    RequestFields fields = call.given(EndpointFields.CHANGE, CLEARABLE, EndpointJson.READ_ONLY);
    return of(fields, EndpointFields.CHANGE.read(fields));
  }

  private static EndpointSpec of(RequestFields fields, FieldValues values) {
    Set<String> cleared = CLEARABLE.stream().filter(fields::isNull).collect(Collectors.toSet());
    String qlm =
        cleared.contains(EndpointFields.QLM_SECRET.name())
            ? null
            : values.get(EndpointFields.QLM_SECRET);
    EndpointSpec asked =
        new EndpointSpec(
            values.get(EndpointFields.URL),
            values.get(EndpointFields.EVENT_TYPES),
            values.get(EndpointFields.DESCRIPTION),
            values.get(EndpointFields.HEADERS),
            values.get(EndpointFields.SIGNATURES),
            values.get(EndpointFields.ENABLED),
            retry(values.get(EndpointFields.RETRY)),
            SettingsByName.MASK.equals(qlm) ? null : qlm,
            cleared,
            values.get(EndpointFields.SECRET_HEADERS));
    if (!fields.problems().isEmpty()) {
      alsoNoteMeaning(asked, fields.problems());
    }
    fields.check();
    return asked;
  }

  /**
   * Returns the retry settings; null if absent, or if a required field is missing, which is already
   * reported.
   */
  private static @Nullable RetrySettings retry(@Nullable FieldValues given) {
    Integer most = given == null ? null : given.get(RetryFields.MAX_RETRIES);
    Integer seconds = given == null ? null : given.get(RetryFields.INTERVAL_SECONDS);
    if (given == null || most == null || seconds == null) {
      return null;
    }
    boolean grows = "exponential".equals(given.get(RetryFields.BACKOFF));
    return new RetrySettings(
        most,
        Duration.ofSeconds(seconds),
        grows ? RetrySettings.Backoff.EXPONENTIAL : RetrySettings.Backoff.FIXED);
  }

  /**
   * Adds the problems that only the facade detects, so that callers get all problems at once; it is
   * not called if a field has the wrong type.
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
    // An empty list may come from a missing one, which is already reported.
    int filters = types == null || types.isEmpty() ? 1 : types.size();
    Endpoint.check(problems, filters, description == null ? "" : description);
    if (asked.headers() != null) {
      HeaderRules.check(problems, "headers", asked.headers());
    }
  }
}
