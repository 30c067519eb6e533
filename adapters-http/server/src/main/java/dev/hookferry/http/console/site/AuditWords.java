package dev.hookferry.http.console.site;

import dev.hookferry.Webhooks;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Display texts of audit log actions. */
final class AuditWords {
  private AuditWords() {}

  /** Returns an action as text, such as {@code Endpoint changed}. */
  static String of(AuditAction action) {
    return switch (action) {
      case SITE_CREATED -> "Site created";
      case SITE_CHANGED -> "Site settings changed";
      case SITE_REMOVED -> "Site removed";
      case ENDPOINT_CREATED -> "Endpoint created";
      case ENDPOINT_CHANGED -> "Endpoint changed";
      case ENDPOINT_REMOVED -> "Endpoint removed";
      case EVENT_TYPE_CREATED -> "Event type added";
      case EVENT_TYPE_CHANGED -> "Event type changed";
      case EVENT_TYPE_REMOVED -> "Event type removed";
      case ENDPOINT_REVEALED -> "Endpoint secret shown";
      case ENDPOINT_TESTED -> "Endpoint tested";
      case ENDPOINT_TRIED -> "URL tested";
      case KEY_CREATED -> "API key created";
      case KEY_REMOVED -> "API key revoked";
      case DELIVERY_RETRIED -> "Delivery retried";
      case DELIVERY_CANCELLED -> "Delivery cancelled";
      case DELIVERY_SKIPPED -> "Delivery skipped";
      case EVENT_REPLAYED -> "Event resent";
      case DELIVERIES_REPLAYED -> "Deliveries replayed";
      case REPLAY_STARTED -> "Replay started";
      case REPLAY_PAUSED -> "Replay paused";
      case REPLAY_RESUMED -> "Replay resumed";
      case REPLAY_CANCELLED -> "Replay cancelled";
      case OUTBOX_RETRIED -> "Outbox rows retried";
      case OUTBOX_DISCARDED -> "Outbox rows discarded";
      case PORTAL_LINKED -> "Portal link created";
      case PORTAL_VIEWED -> "Portal opened by an operator";
      case PORTAL_ENDED -> "Portal sessions ended";
      case BACKUP_TAKEN -> "Backup taken";
      case PROBLEM_ACKNOWLEDGED -> "Problem acknowledged";
      case PROBLEM_MUTED -> "Problem muted";
      case PROBLEM_UNMUTED -> "Problem unmuted";
      case MASTER_KEY_ROTATING -> "Master key rotation started";
      case MASTER_KEY_ROTATED -> "Master key rotated";
    };
  }

  /** Returns labels of fields that an action has in another meaning than the console's forms. */
  static Map<String, String> labels(String action, List<FieldChange> changes) {
    if (!isReplay(action)) {
      return action.startsWith("endpoint.") ? Map.of() : Map.of("description", "Description");
    }
    boolean isOpen = changes.stream().anyMatch(change -> isAlways(action, change));
    return Map.of(
        "count", "Deliveries",
        "since", "Created since",
        "until", isOpen ? "Created any time until" : "Created until",
        "rate", "Per second");
  }

  /** Returns the changes, with the name of a replay's endpoint instead of its id. */
  static List<FieldChange> named(AuditEntry entry, Webhooks webhooks) {
    SiteId site = entry.site();
    if (site == null || !isReplay(entry.action().code())) {
      return entry.changes();
    }
    EndpointList targets = new EndpointList(webhooks, site);
    return entry.changes().stream().map(change -> named(change, targets)).toList();
  }

  private static FieldChange named(FieldChange change, EndpointList targets) {
    String after = change.after();
    if (after == null || !change.field().equals("endpoint")) {
      return change;
    }
    return EndpointId.find(after)
        .flatMap(targets::find)
        .map(one -> new FieldChange(change.field(), change.before(), EndpointList.shortName(one)))
        .orElse(change);
  }

  /** Returns whether a replay's period has no beginning, which needs no line. */
  static boolean isAlways(String action, FieldChange change) {
    return isReplay(action)
        && change.field().equals("since")
        && Instant.EPOCH.toString().equals(change.after());
  }

  private static boolean isReplay(String action) {
    return action.equals(AuditAction.REPLAY_STARTED.code())
        || action.equals(AuditAction.DELIVERIES_REPLAYED.code());
  }
}
