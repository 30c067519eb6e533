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

/** What somebody wants an endpoint to be, as it is sent. */
final class EndpointBody {
  /** The fields that null resets to the site's setting. */
  private static final Set<String> CLEARABLE =
      Set.of(EndpointFields.RETRY.name(), EndpointFields.QLM_SECRET.name());

  private EndpointBody() {}

  /**
   * A new endpoint.
   *
   * @param secret its {@code whsec_} secret, or null if it is to be made
   */
  record New(EndpointSpec asked, @Nullable StandardSecret secret) {}

  /** Reads the body of a creation, or of a trial. */
  static New ofNew(Call call) {
    RequestFields fields = call.given(EndpointFields.NEW, Set.of());
    FieldValues values = EndpointFields.NEW.read(fields);
    String text = values.get(EndpointFields.SECRET);
    StandardSecret secret =
        text == null ? null : fields.problems().collect("", () -> StandardSecret.parse(text));
    return new New(of(fields, values), secret);
  }

  /**
   * Reads the body of a change. Null resets {@code retry} and {@code qlmSecret} to the site's
   * settings and leaves every other field unchanged, as generated clients write null for a field
   * that was not set. The mask that stands for a present secret leaves it as it is.
   */
  static EndpointSpec ofChange(Call call) {
    RequestFields fields = call.given(EndpointFields.CHANGE, CLEARABLE);
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

  /** Null if there are none, or if a required one is missing, which is a problem already. */
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
