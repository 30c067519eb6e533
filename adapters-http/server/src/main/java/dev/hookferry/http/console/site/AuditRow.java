package dev.hookferry.http.console.site;

import dev.hookferry.Webhooks;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.AuditValue;
import dev.hookferry.http.console.text.FieldLabels;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.ShortenedText;
import dev.hookferry.http.console.undo.EndpointUndo;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.Problem;
import dev.hookferry.secret.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log, as a row of the page.
 *
 * @param from the client's address; empty for Hookferry itself
 * @param action the action's code
 * @param what the action as text
 * @param site the site's id; empty if the entry concerns all sites
 * @param name the name of the endpoint, key or site that was changed; empty if it has none or was
 *     removed
 * @param path the page of the changed resource; empty if there is none
 * @param changes the changes, field by field
 * @param undo path of the form that undoes the change; empty if there is none
 */
public record AuditRow(
    String id,
    DisplayTime at,
    String by,
    String from,
    String action,
    String what,
    String site,
    String target,
    String name,
    String path,
    List<FieldChange> changes,
    String undo) {
  /** The field that holds an endpoint's name. */
  private static final String NAME = "description";

  private static final int DAY = 10;
  private static final int SECOND = 19;
  private static final int SHORT = 40;

  /** Maximum number of changes shown unfolded. */
  private static final int MAX_SHOWN = 3;

  private static final int MAX_LENGTH = 160;
  private static final int MAX_URL_LENGTH = 100;
  private static final Pattern PORTAL_USER = Pattern.compile("portal:(\\S+) \"(.+)\"");

  static AuditRow of(AuditEntry entry, Webhooks webhooks, Visit visit) {
    SiteId site = entry.site();
    boolean isThere = site != null && webhooks.sites().find(site).isPresent();
    return new AuditRow(
        entry.id().toString(),
        DisplayTime.of(entry.at(), visit.now()),
        entry.actor().equals(Actor.HOOKFERRY) ? "Hookferry" : entry.actor().name(),
        entry.actor().address(),
        entry.action().code(),
        AuditWords.of(entry.action()),
        site == null ? "" : site.value(),
        entry.target(),
        shown(entry, isThere ? name(entry, webhooks) : "", webhooks),
        path(entry.target(), isThere ? site : null),
        isThere ? AuditWords.named(entry, webhooks) : entry.changes(),
        isThere ? undo(entry, name(entry, webhooks)) : "");
  }

  /**
   * Returns the path of the form that undoes a change: that of QLM's server properties if it can
   * restore everything, otherwise that of the endpoint or the site's settings; empty if none can.
   *
   * @param name the endpoint's name; empty if there is none or it was removed
   */
  private static String undo(AuditEntry entry, String name) {
    boolean isCreated = entry.action() == AuditAction.ENDPOINT_CREATED;
    if (!isCreated && PropertiesUndo.isPossible(entry) && PropertiesUndo.isWhole(entry)) {
      return PropertiesUndo.path(entry);
    }
    if (!name.isEmpty() && EndpointUndo.isPossible(entry)) {
      return EndpointUndo.path(entry);
    }
    return SettingsUndo.isPossible(entry) ? SettingsUndo.path(entry) : "";
  }

  private static String name(AuditEntry entry, Webhooks webhooks) {
    SiteId site = entry.site();
    return site == null
        ? ""
        : EndpointId.find(entry.target())
            .flatMap(new EndpointList(webhooks, site)::find)
            .map(AuditRow::shortName)
            .orElse("");
  }

  /** Returns the name of the changed resource: an endpoint, a key or the site itself. */
  private static String shown(AuditEntry entry, String endpoint, Webhooks webhooks) {
    SiteId site = entry.site();
    if (site != null && entry.target().equals(site.value())) {
      return webhooks.sites().find(site).map(one -> one.profile().name()).orElse("");
    }
    return endpoint.isEmpty() ? AuditValue.keyName(entry.target(), entry.changes()) : endpoint;
  }

  /** Returns the name of an endpoint; a long URL used as its name is shortened. */
  private static String shortName(Endpoint endpoint) {
    String name = endpoint.name();
    boolean isLong = endpoint.description().isEmpty() && name.length() > MAX_URL_LENGTH;
    return isLong ? ShortenedText.of(name) : name;
  }

  /** Returns the day of the change in UTC, such as {@code 2026-11-30}. */
  public String day() {
    return at.exact().substring(0, DAY);
  }

  /** Returns the time of day to the second, such as {@code 18:14:45 UTC}. */
  public String clock() {
    return at.exact().substring(DAY + 1, SECOND) + " UTC";
  }

  /** Returns the name of the changed resource, or its id if it has none. */
  public String targetName() {
    return name.isEmpty() ? target : name;
  }

  /** Returns the new state of an endpoint as text; empty if it was not changed. */
  public String state() {
    if (!action.equals(AuditAction.ENDPOINT_CHANGED.code())) {
      return "";
    }
    return switch (after("enabled")) {
      case "false" -> after("disabledReason").isEmpty() ? "paused" : "disabled";
      case "true" -> "resumed" + rate(after("releasePerSecond"));
      default -> after("resumedAt").isEmpty() ? "" : "resumed" + rate(after("releasePerSecond"));
    };
  }

  /** Returns the action as text; names the field if only one was changed. */
  public String title() {
    boolean isOne = changes.size() == 1 && state().isEmpty();
    if (!isOne || !action.equals(AuditAction.ENDPOINT_CHANGED.code())) {
      return what;
    }
    FieldChange change = changes.get(0);
    String label = FieldLabels.label(new Problem(change.field(), ""), Map.of());
    if (!words(change).isEmpty() || label.equals(change.field())) {
      return what;
    }
    String after = change.after();
    boolean isShort = after != null && after.length() <= SHORT;
    if (change.field().equals(NAME) && !name.isEmpty()) {
      // The new name is shown beside it, as the link to the endpoint.
      return renamed(change.before(), after);
    }
    return label + (after == null ? " removed" : isShort ? " changed to " + after : " changed");
  }

  private static String renamed(@Nullable String before, @Nullable String after) {
    if (after == null || after.isEmpty()) {
      return "Name removed";
    }
    if (before == null || before.isEmpty()) {
      return "Named";
    }
    return before.length() > SHORT ? "Renamed" : "Renamed from " + before;
  }

  /** Returns the label of a field in the console's forms, or its name if it is in none. */
  public String label(FieldChange change) {
    String field = change.field();
    if (action.startsWith("site.")) {
      return field.equals("name") ? "Name" : SettingLabels.title(field);
    }
    return FieldLabels.label(new Problem(field, ""), AuditWords.labels(action, changes));
  }

  /** Returns whether a field got its first value, replacing an inherited one or none. */
  public boolean isFirst(FieldChange change) {
    return change.before() == null && action.endsWith(".changed");
  }

  private static String rate(String perSecond) {
    return perSecond.isEmpty() ? "" : " at " + perSecond + "/s";
  }

  private String after(String field) {
    return changes.stream()
        .filter(change -> change.field().equals(field))
        .map(FieldChange::after)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /** Returns a change of a secret as text; empty unless both values are masked. */
  public String words(FieldChange change) {
    if (!Redactor.MASK.equals(change.before()) || !Redactor.MASK.equals(change.after())) {
      return "";
    }
    return change.field().equals("secret") ? "secret rotated" : change.field() + " replaced";
  }

  /** Returns the author's name; a portal user's display name if the link had one. */
  public String author() {
    Matcher user = PORTAL_USER.matcher(by);
    return user.matches() ? user.group(2) : by;
  }

  /** Returns the portal user and client address of the change; empty if by Hookferry itself. */
  public String origin() {
    Matcher user = PORTAL_USER.matcher(by);
    String name = user.matches() ? "portal user " + user.group(1) : "";
    return Stream.of(name, from.isEmpty() ? "" : "from " + from)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** Returns the first changes, or the first value of something new; may be empty. */
  public List<FieldChange> first() {
    int max = action.endsWith(".created") ? 1 : action.endsWith(".removed") ? 0 : MAX_SHOWN;
    return listed().subList(0, Math.min(max, listed().size()));
  }

  /** Returns the changes that are folded. */
  public List<FieldChange> further() {
    return listed().subList(first().size(), listed().size());
  }

  /** Returns the changes that the title does not already express. */
  private List<FieldChange> listed() {
    return changes.stream()
        .filter(change -> state().isEmpty() || !change.field().equals("enabled"))
        .filter(change -> !AuditWords.isAlways(action, change))
        .toList();
  }

  /** Returns the number of folded changes with its noun. */
  public String more() {
    String noun = action.endsWith(".changed") ? "change" : "field";
    return NumberText.of(further().size())
        + (first().isEmpty() ? " " : " more ")
        + (further().size() == 1 ? noun : noun + "s");
  }

  /** Returns whether the values of a change are too long to be shown unfolded. */
  public boolean isLong(FieldChange change) {
    return length(change.before()) + length(change.after()) > MAX_LENGTH;
  }

  private static int length(@Nullable String value) {
    return value == null ? 0 : value.length();
  }

  private static String path(String target, @Nullable SiteId site) {
    if (target.startsWith("key_")) {
      return "/keys#" + target;
    }
    if (site == null) {
      return "";
    }
    String home = "/sites/" + site;
    int end = target.indexOf('_');
    return switch (end < 0 ? "" : target.substring(0, end)) {
      case "ep" -> home + "/endpoints/" + FormValues.encoded(target);
      case "dlv" -> home + "/deliveries/" + FormValues.encoded(target);
      case "evt" -> home + "/events/" + FormValues.encoded(target);
      case "rpl" -> home + "/replays/" + FormValues.encoded(target);
      default -> target.equals(site.value()) ? home : "";
    };
  }
}
