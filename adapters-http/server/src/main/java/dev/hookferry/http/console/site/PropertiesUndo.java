package dev.hookferry.http.console.site;

import dev.hookferry.Webhooks;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.undo.UndoableChange;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server properties form, prefilled with the values before a change, taken from the audit log.
 *
 * @param by who made the change
 * @param form the prefilled fields
 * @param missing values that cannot be restored, as sentences
 */
public record PropertiesUndo(String by, DisplayTime at, FormValues form, List<String> missing) {
  private static final String TYPES = "eventTypes";
  private static final Set<AuditAction> ACTIONS =
      Set.of(
          AuditAction.SITE_CHANGED,
          AuditAction.ENDPOINT_CREATED,
          AuditAction.ENDPOINT_CHANGED,
          AuditAction.ENDPOINT_REMOVED);

  /** Returns whether an entry is, or is part of, a change that the form can undo. */
  public static boolean isPossible(AuditEntry entry) {
    return ACTIONS.contains(entry.action())
        && entry.changes().stream()
            .anyMatch(
                change ->
                    change.field().equals(TYPES)
                        || PropertiesForm.NUMBERS.contains(change.field())
                        || change.field().equals(PropertiesForm.ENABLED));
  }

  /**
   * Returns whether the form covers everything that was changed: only QLM's settings of a site,
   * only QLM's event types of a changed endpoint. True for other actions.
   */
  static boolean isWhole(AuditEntry entry) {
    return switch (entry.action()) {
      case SITE_CHANGED ->
          entry.changes().stream().allMatch(each -> SettingsByName.QLM.contains(each.field()));
      case ENDPOINT_CHANGED -> entry.changes().stream().allMatch(PropertiesUndo::isQlmField);
      default -> true;
    };
  }

  private static boolean isQlmField(FieldChange change) {
    return change.field().equals(TYPES)
        && Stream.of(change.before(), change.after())
            .filter(text -> text != null && !text.isEmpty())
            .flatMap(text -> Stream.of(text.split(",", -1)))
            .allMatch(
                type -> EventCatalog.QLM_EVENTS.stream().anyMatch(one -> one.name().equals(type)));
  }

  /** Returns the path of the prefilled form. */
  public static String path(AuditEntry entry) {
    return "/sites/"
        + entry.site()
        + "/server-properties?undo="
        + FormValues.encoded(entry.at().toString());
  }

  /**
   * Returns the newest change of a site that the form can undo, if it is among the newest entries.
   */
  static Optional<AuditEntry> last(Visit visit) {
    AuditQuery query = AuditQuery.ALL.site(visit.site()).actions(ACTIONS).page(PageRequest.FIRST);
    return visit.webhooks().audit().list(query).data().stream()
        .filter(PropertiesUndo::isPossible)
        .findFirst();
  }

  /** Returns the form with the values before the change at this time; null if there is none. */
  static @Nullable PropertiesUndo of(Webhooks webhooks, Visit visit, String time) {
    AuditQuery changes = AuditQuery.ALL.site(visit.site()).actions(ACTIONS);
    UndoableChange change = UndoableChange.find(visit, changes, time, one -> true).orElse(null);
    if (change == null) {
      return null;
    }
    AuditEntry named = change.entry();
    Restored restored =
        new Restored(
            webhooks.settings().serverProperties(visit.site()),
            new EndpointList(webhooks, visit.site()));
    change.near().stream()
        .filter(entry -> entry.actor().equals(named.actor()) && isPossible(entry))
        .forEach(restored::add);
    return new PropertiesUndo(
        named.actor().name(),
        DisplayTime.of(named.at(), visit.now()),
        restored.form(),
        List.copyOf(restored.missing));
  }

  /** The fields of the form, collected from the entries. */
  private static final class Restored {
    private final Map<String, Object> current;
    private final EndpointList endpoints;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> urls = new ArrayList<>();
    private final Set<String> missing = new LinkedHashSet<>();

    Restored(Map<String, Object> current, EndpointList endpoints) {
      this.current = current;
      this.endpoints = endpoints;
    }

    void add(AuditEntry entry) {
      if (entry.action() == AuditAction.SITE_CHANGED) {
        entry.changes().forEach(this::setting);
        return;
      }
      Set<String> before = types(entry, true);
      Set<String> after = types(entry, false);
      String url = url(entry);
      before.stream().filter(type -> !after.contains(type)).forEach(t -> url("add.", t, url));
      after.stream().filter(type -> !before.contains(type)).forEach(t -> url("remove.", t, url));
    }

    private void setting(FieldChange change) {
      String before = change.before();
      if (change.field().equals(PropertiesForm.SECRET)) {
        missing.add("The audit log does not have the former webHookSecretKey: type it again.");
      } else if (SettingsByName.QLM.contains(change.field()) && before != null) {
        settings.put(change.field(), before);
      }
    }

    private void url(String verb, String type, String url) {
      if (!current.containsKey(type)) {
        missing.add("The subscription to " + type + " can be restored under Endpoints only.");
      } else if (url.isEmpty()) {
        missing.add(
            "The audit log does not have the whole URL of an endpoint that was removed: add it to "
                + type
                + ".");
      } else {
        urls.add(verb + type + "=" + FormValues.encoded(url.replace(";", "%3B")));
      }
    }

    private static Set<String> types(AuditEntry entry, boolean before) {
      return entry.changes().stream()
          .filter(change -> change.field().equals(TYPES))
          .map(change -> before ? change.before() : change.after())
          .filter(text -> text != null && !text.isEmpty())
          .findFirst()
          .map(text -> new LinkedHashSet<>(List.of(text.split(",", -1))))
          .orElseGet(LinkedHashSet::new);
    }

    /**
     * Returns the URL of an entry's endpoint; empty if it was removed and the log has no whole URL.
     */
    private String url(AuditEntry entry) {
      Optional<Endpoint> endpoint = find(entry.target());
      if (endpoint.isPresent()) {
        return endpoint.get().url().text();
      }
      return entry.changes().stream()
          .filter(change -> change.field().equals("url") && change.before() != null)
          .map(FieldChange::before)
          .filter(url -> url != null && !url.contains(SettingsByName.MASK))
          .findFirst()
          .orElse("");
    }

    private Optional<Endpoint> find(String id) {
      try {
        return endpoints.find(EndpointId.parse(id));
      } catch (InvalidException e) {
        return Optional.empty();
      }
    }

    FormValues form() {
      List<String> fields = new ArrayList<>(urls);
      for (String name : PropertiesForm.NUMBERS) {
        fields.add(name + "=" + settings.getOrDefault(name, String.valueOf(current.get(name))));
      }
      String enabled =
          settings.getOrDefault(
              PropertiesForm.ENABLED, String.valueOf(current.get(PropertiesForm.ENABLED)));
      if (enabled.equals("true")) {
        fields.add(PropertiesForm.ENABLED + "=on");
      }
      return FormValues.parse(String.join("&", fields));
    }
  }
}
