package dev.hookferry.site;

import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.event.SearchFields;
import dev.hookferry.field.DurationText;
import dev.hookferry.id.EventType;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads and changes a site's settings by name: QLM's four, then Hookferry's own. */
public final class SettingsByName {
  /** Names of QLM's four settings, spelled as in QLM's documentation. */
  public static final List<String> QLM = SiteSettingFields.QLM.names();

  /** Names of all settings. */
  public static final List<String> ALL = SiteSettingFields.ALL.names();

  /** Shown in place of a secret that is set; writing it back changes nothing. */
  public static final String MASK = "********";

  private static final String SCHEDULE = "retrySchedule";

  /** Settings whose change replaces a schedule. */
  private static final List<String> RETRY =
      List.of("webHookMaxRetries", "webHookRetryInterval", "retryBackoff");

  private SettingsByName() {}

  /** Returns the settings by name; the secret key is {@link #MASK} if set, otherwise empty. */
  public static Map<String, Object> read(SiteSettings settings) {
    Objects.requireNonNull(settings, "settings");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("webHooksEnabled", settings.webHooksEnabled());
    values.put("webHookMaxRetries", settings.retry().maxRetries());
    values.put("webHookRetryInterval", interval(settings.retry()).toSeconds());
    values.put("webHookSecretKey", settings.secretKey() == null ? "" : MASK);
    values.put("retryBackoff", settings.retry().backoff().name().toLowerCase(Locale.ROOT));
    values.put(SCHEDULE, settings.retry().schedule().stream().map(DurationText::of).toList());
    values.put("envelope", settings.envelope().style().name().toLowerCase(Locale.ROOT));
    values.put("qlmEventTypeField", settings.envelope().typeField());
    values.put("qlmLicenseField", settings.envelope().licenseField());
    values.put("qlmCustomerField", settings.envelope().customerField());
    values.put(
        "eventTypes",
        settings.catalog().declared().stream().map(EventType::name).sorted().toList());
    values.put("hideQlmEventTypes", settings.catalog().qlmHidden());
    values.put("openCatalog", settings.catalog().open());
    Duration timeout = settings.timeout();
    values.put("attemptTimeout", timeout == null ? "" : DurationText.of(timeout));
    SendLimits limits = settings.limits();
    values.put("endpointRate", limits.rate() == null ? "" : limits.rate().toString());
    values.put("endpointConcurrency", limits.concurrency() == null ? 0 : limits.concurrency());
    values.put("egress", Objects.requireNonNullElse(settings.egress(), ""));
    values.put("searchFields", settings.searchFields().names());
    values.put("portal", settings.portal().read());
    return values;
  }

  /**
   * Returns the interval to show. With a schedule, this is the default interval, because with its
   * first delay as the interval all retries would end too soon.
   */
  private static Duration interval(RetrySettings retry) {
    return retry.schedule().isEmpty() ? retry.interval() : RetrySettings.DEFAULT.interval();
  }

  /**
   * Returns the settings after these changes.
   *
   * @param changes values by name: a Boolean, a Number, a String, a List of Strings or, for portal,
   *     a Map of those; absent settings keep their values
   * @param now the time of the change
   * @param seal seals a new secret key
   * @throws InvalidException with every problem found; the field of each is the name of its setting
   */
  public static SiteSettings change(
      SiteSettings before, Map<String, ?> changes, Instant now, Function<String, Sealed> seal) {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(changes, "changes");
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(seal, "seal");
    Problems problems = new Problems();
    changes.keySet().forEach(name -> KnownSettings.require(name, problems));
    Map<String, Object> current = read(before);
    SettingsReader values = new SettingsReader(current, changes, problems);
    boolean enabled = values.bool("webHooksEnabled");
    RetrySettings retry =
        retry(values, before.retry(), name -> isChanged(name, changes, current), problems);
    Sealed secret = secret(values, before.secretKey(), seal);
    Envelope envelope = envelope(values, problems);
    EventCatalog catalog = catalog(values, problems);
    Duration timeout = timeout(values, problems);
    SendLimits limits = limits(values, problems);
    String egress = egress(values, problems);
    SearchFields fields = searchFields(values, before.searchFields(), now, problems);
    PortalSettings portal = portal(before.portal(), changes.get("portal"), problems);
    problems.throwIfAny();
    return before
        .withWebHooksEnabled(enabled)
        .withRetry(retry)
        .withSecretKey(secret)
        .withEnvelope(envelope == null ? before.envelope() : envelope)
        .withCatalog(catalog)
        .withTimeout(timeout)
        .withLimits(limits)
        .withEgress(egress)
        .withSearchFields(fields)
        .withPortal(portal);
  }

  private static boolean isChanged(
      String name, Map<String, ?> changes, Map<String, Object> current) {
    return changes.containsKey(name)
        && !String.valueOf(changes.get(name)).equals(String.valueOf(current.get(name)));
  }

  private static EventCatalog catalog(SettingsReader values, Problems problems) {
    return new EventCatalog(
        types(values.texts("eventTypes"), problems),
        values.bool("hideQlmEventTypes"),
        values.bool("openCatalog"));
  }

  private static PortalSettings portal(
      PortalSettings before, @Nullable Object input, Problems problems) {
    PortalSettings changed = problems.collect("portal", () -> PortalFields.change(before, input));
    return changed == null ? before : changed;
  }

  private static @Nullable Duration timeout(SettingsReader values, Problems problems) {
    String text = values.text("attemptTimeout", SiteSettingFields.MAX_TEXT);
    Duration limit =
        DurationText.parse(text).filter(SiteSettingFields.TIMEOUT::allows).orElse(null);
    problems.require(
        text.isEmpty() || limit != null,
        "attemptTimeout",
        SiteSettingFields.TIMEOUT.rule() + ", such as 10s, or empty to use the server's");
    return limit;
  }

  private static @Nullable String egress(SettingsReader values, Problems problems) {
    String name = values.text("egress", SiteSettingFields.MAX_TEXT);
    problems.require(
        name.isEmpty() || EndpointFields.EGRESS.kind().allows(name),
        "egress",
        "must be the name of an egress, or empty to use the server's");
    return name.isEmpty() ? null : name;
  }

  private static SearchFields searchFields(
      SettingsReader values, SearchFields before, Instant now, Problems problems) {
    List<String> names = values.texts("searchFields");
    SearchFields named = problems.collect("", () -> before.named("searchFields", names, now));
    return named == null ? before : named;
  }

  private static SendLimits limits(SettingsReader values, Problems problems) {
    String text = values.text("endpointRate", SiteSettingFields.MAX_TEXT);
    SendRate rate =
        text.isEmpty() ? null : problems.collect("endpointRate", () -> SendRate.parse(text));
    int concurrency = values.number("endpointConcurrency", 0, SendLimits.MAX_CONCURRENCY);
    return new SendLimits(rate, concurrency == 0 ? null : concurrency);
  }

  /**
   * Returns the changed retry settings. Keeps unchanged values, so that reading settings and
   * writing them back loses nothing.
   */
  private static RetrySettings retry(
      SettingsReader values, RetrySettings before, Predicate<String> isChanged, Problems problems) {
    boolean isReplaced = RETRY.stream().anyMatch(isChanged);
    if (isChanged.test(SCHEDULE)) {
      return schedule(values, before, isReplaced, problems);
    }
    return isReplaced ? interval(values, before, problems) : before;
  }

  /**
   * Returns retry settings with a new schedule.
   *
   * @param isReplaced whether the same change also sets values that would replace the schedule
   */
  private static RetrySettings schedule(
      SettingsReader values, RetrySettings before, boolean isReplaced, Problems problems) {
    List<Duration> delays = new ArrayList<>();
    for (String text : values.texts(SCHEDULE)) {
      DurationText.parse(text)
          .ifPresentOrElse(
              delays::add,
              () -> problems.add(SCHEDULE, "must contain delays such as 5s, 5m or 2h"));
    }
    problems.require(
        delays.isEmpty() || !isReplaced,
        SCHEDULE,
        "must be empty if " + String.join(", ", RETRY) + " change");
    // Always read these values, so that their problems are reported together with those of the
    // schedule.
    RetrySettings otherwise = interval(values, before, problems);
    if (delays.isEmpty() || !problems.isEmpty()) {
      return otherwise;
    }
    try {
      return RetrySettings.schedule(delays);
    } catch (InvalidException e) {
      e.problems().forEach(problem -> problems.add(SCHEDULE, problem.reason()));
      return before;
    }
  }

  private static RetrySettings interval(
      SettingsReader values, RetrySettings before, Problems problems) {
    int maxRetries = values.number("webHookMaxRetries", 0, RetrySettings.MAX_RETRIES);
    int seconds = values.number("webHookRetryInterval", 1, RetrySettings.MAX_SECONDS);
    RetrySettings.Backoff backoff =
        values.word("retryBackoff", RetrySettings.Backoff.class, "fixed or exponential");
    return problems.isEmpty() && backoff != null
        ? RetrySettings.of(maxRetries, Duration.ofSeconds(seconds)).backoff(backoff)
        : before;
  }

  private static @Nullable Sealed secret(
      SettingsReader values, @Nullable Sealed before, Function<String, Sealed> seal) {
    String text = values.text("webHookSecretKey", SiteSettingFields.MAX_TEXT);
    if (text.equals(MASK)) {
      return before;
    }
    return text.isEmpty() ? null : seal.apply(text);
  }

  private static @Nullable Envelope envelope(SettingsReader values, Problems problems) {
    Envelope.Style style = values.word("envelope", Envelope.Style.class, "qlm, raw or standard");
    String type = values.text("qlmEventTypeField", SiteSettingFields.MAX_TEXT);
    String license = values.text("qlmLicenseField", SiteSettingFields.MAX_TEXT);
    String customer = values.text("qlmCustomerField", SiteSettingFields.MAX_TEXT);
    return style == null
        ? null
        : problems.collect("", () -> new Envelope(style, type, license, customer));
  }

  /**
   * Returns the event types with these names; adds a problem for each name that cannot be declared.
   */
  static Set<EventType> types(List<String> names, Problems problems) {
    Set<EventType> types = new LinkedHashSet<>();
    problems.require(
        names.size() <= SiteSettingFields.MAX_TYPES, "eventTypes", "must name at most 200 types");
    for (int i = 0; i < names.size(); i++) {
      String field = "eventTypes[" + i + "]";
      String name = names.get(i);
      EventType type = problems.collect("", () -> parse(field, name));
      if (type != null) {
        problems.require(
            !type.equals(EventType.TEST), field, "test is reserved for tests of endpoints");
        problems.require(
            !OperationalEvents.contains(type),
            field,
            "is reserved for Hookferry's operational events");
        types.add(type);
      }
    }
    return types;
  }

  private static EventType parse(String field, String name) {
    try {
      return new EventType(name);
    } catch (InvalidException e) {
      throw InvalidException.of(field, e.problems().get(0).reason());
    }
  }
}
