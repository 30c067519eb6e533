package dev.hookferry.http.console.undo;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.DurationText;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FieldLabels;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.SettingsByName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's form, prefilled with the values before a change, taken from the audit log.
 *
 * @param by who made the change
 * @param endpoint the endpoint with those values; unchanged fields have their current values
 * @param restored labels of the fields that have their former values
 * @param missing values that cannot be restored, as sentences
 */
public record EndpointUndo(
    String by, DisplayTime at, Endpoint endpoint, List<String> restored, List<String> missing) {
  private static final Set<AuditAction> ACTIONS = Set.of(AuditAction.ENDPOINT_CHANGED);
  private static final String LABEL = "labels.";
  private static final String METADATA = "metadata.";
  private static final String AT_ONCE = " at once";
  private static final Set<String> FIELDS =
      Set.of(
          "url",
          "eventTypes",
          "description",
          "timeout",
          "uid",
          "egress",
          "filter",
          "successStatuses",
          "retry",
          "limits");

  /** Returns whether an entry is a change that the form can undo. */
  public static boolean isPossible(AuditEntry entry) {
    return ACTIONS.contains(entry.action())
        && entry.changes().stream().anyMatch(EndpointUndo::isRestorable);
  }

  /** Returns the path of the prefilled form. */
  public static String path(AuditEntry entry) {
    return "/sites/"
        + entry.site()
        + "/endpoints/"
        + entry.target()
        + "/edit?undo="
        + FormValues.encoded(entry.at().toString());
  }

  /**
   * Returns the endpoint's form before the change at this time; null if there is no such change.
   */
  public static @Nullable EndpointUndo of(Visit visit, Endpoint now, String time) {
    AuditQuery changes =
        AuditQuery.ALL.site(visit.site()).target(now.id().toString()).actions(ACTIONS);
    return UndoableChange.find(visit, changes, time, EndpointUndo::isPossible)
        .map(change -> of(change.entry(), visit, now))
        .orElse(null);
  }

  private static EndpointUndo of(AuditEntry entry, Visit visit, Endpoint now) {
    Endpoint endpoint = now;
    List<String> restored = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (FieldChange change : entry.changes()) {
      String label = FieldLabels.label(new Problem(change.field(), ""), Map.of());
      Endpoint before = isRestorable(change) ? before(endpoint, change) : null;
      if (before == null) {
        missing.add("The former value of " + label + " cannot be restored here.");
      } else {
        endpoint = before;
        restored.add(label);
      }
    }
    DisplayTime at = DisplayTime.of(entry.at(), visit.now());
    return new EndpointUndo(entry.actor().name(), at, endpoint, restored, missing);
  }

  /** Returns whether the form has the field, and the audit log has its whole former value. */
  private static boolean isRestorable(FieldChange change) {
    String name = change.field();
    String before = change.before();
    boolean isWhole =
        before == null || !(before.endsWith("…") || before.contains(SettingsByName.MASK));
    return isWhole
        && (FIELDS.contains(name) || name.startsWith(LABEL) || name.startsWith(METADATA));
  }

  /** Returns the endpoint with a former value; null if the value is no longer valid. */
  private static @Nullable Endpoint before(Endpoint now, FieldChange change) {
    String field = change.field();
    String text = change.before();
    try {
      if (field.startsWith(LABEL)) {
        return now.with(all -> all.labels(with(now.labels(), field.substring(7), text)));
      }
      if (field.startsWith(METADATA)) {
        return now.with(all -> all.metadata(with(now.metadata(), field.substring(9), text)));
      }
      return field.equals("url")
          ? withUrl(now, String.valueOf(text))
          : now.with(all -> setting(all, field, text));
    } catch (InvalidException e) {
      return null;
    }
  }

  private static EndpointSettings.Builder setting(
      EndpointSettings.Builder all, String field, @Nullable String text) {
    return switch (field) {
      case "eventTypes" -> all.eventTypes(words(text).map(EventTypeFilter::new).toList());
      case "description" -> all.description(text == null ? "" : text);
      case "timeout" -> all.timeout(text == null ? null : duration(text));
      case "uid" -> all.uid(text);
      case "egress" -> all.egress(text);
      case "filter" -> all.filter(text == null ? null : Filter.parse(text));
      case "retry" -> all.retry(text == null ? null : retry(text));
      case "limits" -> all.limits(text == null ? null : limits(text));
      default -> all.successStatuses(statuses(text));
    };
  }

  private static SuccessStatuses statuses(@Nullable String text) {
    return text == null ? SuccessStatuses.DEFAULT : SuccessStatuses.of(words(text).toList());
  }

  /** Reads the text of {@link RetrySettings}: {@code 5:300:fixed}, or delays. */
  private static RetrySettings retry(String text) {
    String[] parts = text.split(":", -1);
    return parts.length == 3
        ? RetrySettings.of(
                Integer.parseInt(parts[0]), Duration.ofSeconds(Integer.parseInt(parts[1])))
            .backoff(RetrySettings.Backoff.valueOf(parts[2].toUpperCase(Locale.ROOT)))
        : RetrySettings.schedule(words(text).map(EndpointUndo::duration).toList());
  }

  /** Reads the text of {@link SendLimits}, such as {@code 10/s, 5 at once}. */
  private static SendLimits limits(String text) {
    SendLimits limits = SendLimits.NONE;
    for (String part : text.split(", ", -1)) {
      limits =
          part.endsWith(AT_ONCE)
              ? limits.concurrency(Integer.valueOf(part.replace(AT_ONCE, "")))
              : limits.rate(SendRate.parse(part));
    }
    return limits;
  }

  private static Endpoint withUrl(Endpoint now, String url) {
    return new Endpoint(
        now.id(),
        now.site(),
        TargetUrl.template(url),
        now.settings(),
        now.status(),
        now.createdAt(),
        now.expiryNotices(),
        now.ownership());
  }

  private static Duration duration(String text) {
    return DurationText.parse(text)
        .orElseThrow(() -> InvalidException.of("timeout", "must be a duration"));
  }

  private static Stream<String> words(@Nullable String text) {
    return text == null || text.isEmpty() ? Stream.of() : Stream.of(text.split(",", -1));
  }

  private static Map<String, String> with(
      Map<String, String> all, String name, @Nullable String value) {
    Map<String, String> changed = new LinkedHashMap<>(all);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }
}
