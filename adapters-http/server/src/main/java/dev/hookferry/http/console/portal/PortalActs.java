package dev.hookferry.http.console.portal;

import dev.hookferry.Endpoints;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.observe.UndeliveredCounts;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Forms of the portal's pages, each allowed only if the link permits it. */
final class PortalActs {
  private static final Set<DeliveryState> UNDELIVERED =
      EnumSet.of(
          DeliveryState.PENDING,
          DeliveryState.BLOCKED,
          DeliveryState.EXHAUSTED,
          DeliveryState.POISONED);
  private static final String LIST = "/portal/deliveries";
  private static final String ENDPOINTS = "/portal/endpoints/";

  /** Sends a delivery again, and leads to its page, which follows the attempt. */
  ConsoleReply retry(PortalVisit visit, DeliveryId id) {
    String query = PortalFollowUp.query(visit.access().attempts(id));
    var unused = visit.access().retry(id).join();
    return ConsoleReply.seeOther(LIST + "/" + id + query);
  }

  /** Sends the selected deliveries again, or all failed ones that match the filter. */
  ConsoleReply retryMany(PortalVisit visit) {
    PortalAccess access = visit.access().requirePermitted(PortalCapability.RETRY);
    List<String> asked = chosen(visit);
    List<DeliveryId> ids = asked.stream().flatMap(id -> valid(id).stream()).toList();
    int done = ids.isEmpty() && !asked.isEmpty() ? 0 : access.retryAll(ids);
    return PortalNote.retried(LIST, done, asked.size() - done);
  }

  private static List<String> chosen(PortalVisit visit) {
    return visit.form().has("all")
        ? failed(visit).data().stream().map(delivery -> delivery.id().toString()).toList()
        : visit.form().texts("id").stream().distinct().toList();
  }

  private static Optional<DeliveryId> valid(String id) {
    try {
      return Optional.of(DeliveryId.parse(id));
    } catch (InvalidException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the newest undelivered deliveries that can be sent now, and match the filter in the
   * query.
   */
  static Page<Delivery> failed(PortalVisit visit) {
    PortalAccess access = visit.access();
    var asked = new PortalFilter(visit.query()).deliveries(access.session().site(), visit.now());
    var states = new ArrayList<>(UNDELIVERED);
    states.retainAll(asked.states());
    return states.isEmpty()
        ? new Page<>(List.of(), null)
        : access.deliveries(
            asked.states(Set.copyOf(states)).withoutTests().limit(PortalAccess.MAX_RETRIES));
  }

  /** Sends a test event, and shows what came of it. */
  ConsoleReply test(PortalVisit visit, EndpointId id) {
    String name = visit.form().text("type");
    EventType type = name.isEmpty() ? EventType.TEST : new EventType(name);
    Attempt attempt = visit.access().test(id, type).join();
    Words words = visit.words();
    int code = attempt.outcome().statusCode();
    String text =
        String.join(
            " ",
            words.text(attempt.outcome().isSuccess() ? "test.arrived" : "test.failed"),
            TranslatedReasons.of(attempt, words),
            code == 0 ? "" : words.text("test.response", code),
            words.text("test.took", words.length(attempt.outcome().took())));
    return visit.said(200, "test.title", text, ENDPOINTS + id);
  }

  ConsoleReply pause(PortalVisit visit, EndpointId id) {
    var unused = visit.access().pause(id);
    return PortalNote.PAUSED.on(ENDPOINTS + id);
  }

  /** Resumes an endpoint; what waits is sent at the rate in the form, if there is one. */
  ConsoleReply resume(PortalVisit visit, EndpointId id) {
    PortalAccess access = visit.access();
    Endpoint resumed =
        access.resume(id, whole(visit, "perSecond", 1, EndpointStatus.MAX_PER_SECOND));
    DeliveryQuery query = DeliveryQuery.ofSite(resumed.site()).endpoint(id);
    Undelivered waits = UndeliveredCounts.of(query, Set.of(id), access::deliveries).of(id);
    return PortalNote.resumed(ENDPOINTS + id, waits, waits.nextDue());
  }

  ConsoleReply remove(PortalVisit visit, EndpointId id) {
    visit.access().remove(id);
    return PortalNote.REMOVED.on("/portal/");
  }

  /** Returns a number from a form; null if the field is empty. */
  private static @Nullable Integer whole(PortalVisit visit, String name, int least, int most) {
    String text = visit.form().text(name);
    int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    if (!text.isEmpty() && (number < least || number > most)) {
      throw InvalidException.of(name, "must be from " + least + " to " + most);
    }
    return text.isEmpty() ? null : number;
  }

  /** Rotates a secret; the old one signs, too, for the hours in the form, or else for a day. */
  ConsoleReply rotate(PortalVisit visit, EndpointId id) {
    Integer hours = whole(visit, "hours", 0, (int) EndpointSigning.MAX_OVERLAP.toHours());
    Duration overlap = hours == null ? EndpointSigning.DEFAULT_OVERLAP : Duration.ofHours(hours);
    SigningSecret secret = visit.access().rotateSecret(id, overlap);
    boolean isKey = secret.publicKey() != null;
    Instant end = visit.access().endpoint(id).signing().oldSecretsUntil();
    Words words = visit.words();
    String text =
        end == null || !end.isAfter(visit.now())
            ? words.text(isKey ? "key.rotated-now" : "secret.rotated-now")
            : words.text(isKey ? "key.rotated" : "secret.rotated", words.exact(end));
    String title = isKey ? "key.new" : "secret.new";
    return visit.secret(title, text, secret.forReceiver(), ENDPOINTS + id);
  }

  /** Creates an endpoint; shows its secret if the link permits that. */
  ConsoleReply create(PortalVisit visit, PortalEndpointForm form) {
    PortalAccess access = visit.access().requirePermitted(PortalCapability.MANAGE);
    Endpoints.Registered made = access.create(form.asked());
    String path = ENDPOINTS + made.endpoint().id();
    SigningSecret secret = made.secret();
    return !access.can(PortalCapability.SECRETS)
        ? PortalNote.CREATED.on(path)
        : visit.secret(
            "secret.created-title",
            visit.words().text("secret.created"),
            secret.forReceiver(),
            path);
  }

  ConsoleReply change(PortalVisit visit, EndpointId id, PortalEndpointForm form) {
    var unused = visit.access().change(id, form.asked());
    return PortalNote.SAVED.on(ENDPOINTS + id);
  }
}
