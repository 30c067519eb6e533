package dev.hookferry.http.console.portal;

import dev.hookferry.Endpoints;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.portal.forms.PortalEndpointForm;
import dev.hookferry.http.console.portal.forms.SavedChanges;
import dev.hookferry.http.console.portal.forms.SavedSecrets;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.observe.UndeliveredCounts;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.signing.SigningSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Forms of the portal's pages, each allowed only if the link permits it. */
final class PortalActions {
  private static final String ENDPOINTS = "/portal/endpoints/";
  private static final String URL = "url";

  /** The button that saves the form and then sends a test. */
  private static final String TEST_TOO = "test-too";

  /**
   * Maximum number of endpoints to which an example is sent together. The page waits for all of
   * them.
   */
  private static final int MAX_TESTS = 10;

  private final SavedSecrets kept;

  /**
   * Creates the forms.
   *
   * @param kept stores new secrets for the page that shows them
   */
  PortalActions(SavedSecrets kept) {
    this.kept = kept;
  }

  /** Sends a test event and redirects to the endpoint's page, which shows the outcome. */
  ConsoleReply test(PortalVisit visit, EndpointId id) {
    String name = visit.form().text("type");
    EventType type = name.isEmpty() ? EventType.TEST : new EventType(name);
    Attempt attempt = visit.access().test(id, type).join();
    String secret = visit.form().text(ShownSecret.FIELD);
    return ConsoleReply.seeOther(
        ENDPOINTS
            + id
            + "?"
            + PortalTestResult.FIELD
            + "="
            + attempt.delivery()
            + (secret.isEmpty() ? "" : "&" + ShownSecret.FIELD + "=" + FormValues.encoded(secret)));
  }

  /**
   * Sends the example of a type to several endpoints, one after the other, and redirects to the
   * page of the type, which shows the outcomes. Stops if the limit on tests is exceeded.
   */
  ConsoleReply testAll(PortalVisit visit, Set<EndpointId> ids) {
    EventType type = new EventType(visit.form().text("type"));
    String page = "/portal/event-types/" + type.name() + "?";
    var unused = visit.access().requirePermitted(PortalCapability.TEST);
    if (ids.isEmpty() || ids.size() > MAX_TESTS) {
      throw InvalidException.of("endpoint", "select 1 to " + MAX_TESTS + " endpoints");
    }
    ids.forEach(visit.access()::endpoint);
    List<String> fields = new ArrayList<>();
    for (EndpointId id : ids) {
      try {
        Attempt attempt = visit.access().test(id, type).join();
        fields.add(PortalTestResult.FIELD + "=" + attempt.delivery());
      } catch (OverloadedException e) {
        if (fields.isEmpty()) {
          throw e;
        }
        break;
      }
    }
    if (fields.size() < ids.size()) {
      fields.add(PortalTestResult.UNSENT + "=" + (ids.size() - fields.size()));
    }
    return ConsoleReply.seeOther(page + String.join("&", fields) + "#sent");
  }

  ConsoleReply pause(PortalVisit visit, EndpointId id) {
    var unused = visit.access().pause(id);
    return ConsoleReply.seeOther(ENDPOINTS + id);
  }

  /** Resumes an endpoint; waiting deliveries are sent at the rate in the form, if there is one. */
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
  private static @Nullable Integer whole(PortalVisit visit, String name, int min, int max) {
    String text = visit.form().text(name);
    int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    if (!text.isEmpty() && (number < min || number > max)) {
      throw InvalidException.of(name, "must be from " + min + " to " + max);
    }
    return text.isEmpty() ? null : number;
  }

  /**
   * Rotates a secret. The old one also signs for the number of hours in the form, or else for a
   * day.
   */
  ConsoleReply rotate(PortalVisit visit, EndpointId id) {
    Integer hours = whole(visit, "hours", 0, (int) EndpointSigning.MAX_OVERLAP.toHours());
    Duration overlap = hours == null ? EndpointSigning.DEFAULT_OVERLAP : Duration.ofHours(hours);
    SigningSecret secret = visit.access().rotateSecret(id, overlap);
    return ConsoleReply.seeOther(ENDPOINTS + id + "?" + kept(visit, id, secret, false));
  }

  /**
   * Returns the specification that a form describes.
   *
   * @param check rejects a URL that may not be called
   * @throws InvalidException with the problems of all fields, including a rejected URL
   */
  private static EndpointSpec asked(PortalEndpointForm form, Function<EndpointSpec, ?> check) {
    try {
      return form.asked();
    } catch (InvalidException e) {
      List<Problem> all = new ArrayList<>(e.problems());
      try {
        var unused = check.apply(form.urlAlone());
      } catch (ConflictException later) {
        // Reported only if the form has no other problems.
      } catch (InvalidException url) {
        all.removeIf(one -> one.field().equals(URL));
        url.problems().stream().filter(one -> one.field().equals(URL)).forEach(all::add);
      }
      throw new InvalidException(all);
    }
  }

  private String kept(PortalVisit visit, EndpointId id, SigningSecret secret, boolean isNew) {
    String token = kept.keep(visit.access().session(), id, secret, isNew);
    return ShownSecret.FIELD + "=" + token;
  }

  /**
   * Creates an endpoint and redirects to its page, which shows the secret if the link permits that.
   */
  ConsoleReply create(PortalVisit visit, PortalEndpointForm form) {
    PortalAccess access = visit.access().requirePermitted(PortalCapability.MANAGE);
    Endpoints.Registered created = access.create(asked(form, access::create));
    EndpointId id = created.endpoint().id();
    String shown =
        access.can(PortalCapability.SECRETS)
            ? "?" + kept(visit, id, created.secret(), true)
            : PortalNote.CREATED.query();
    return ConsoleReply.seeOther(
        ENDPOINTS + id + shown + unresolved(created.warnings()) + tested(visit, id));
  }

  private static String unresolved(List<String> warnings) {
    return warnings.isEmpty() ? "" : "&" + PortalEndpointView.UNRESOLVED + "=yes";
  }

  ConsoleReply change(PortalVisit visit, EndpointId id, PortalEndpointForm form) {
    PortalAccess access = visit.access();
    Endpoints.Changed changed = access.change(id, asked(form, spec -> access.change(id, spec)));
    Map<String, String> headers = access.headers(changed.before());
    SavedChanges all = SavedChanges.of(changed, form.hasOtherHeaders(headers));
    String said = PortalNote.SAVED.query() + all.query() + unresolved(changed.warnings());
    return ConsoleReply.seeOther(ENDPOINTS + id + said + tested(visit, id));
  }

  /**
   * Sends a test if the form requests one, and returns the query fields that describe the outcome.
   */
  private static String tested(PortalVisit visit, EndpointId id) {
    if (!visit.form().has(TEST_TOO) || !visit.access().can(PortalCapability.TEST)) {
      return "";
    }
    String unsent = "&" + PortalNote.UNTESTED + "=";
    try {
      Attempt attempt = visit.access().test(id, EventType.TEST).join();
      return "&" + PortalTestResult.FIELD + "=" + attempt.delivery();
    } catch (OverloadedException e) {
      return unsent + PortalNote.WAIT;
    } catch (RefusedException | CompletionException e) {
      // The form has been saved, so an unsent test alone is not a failure.
      return unsent + "yes";
    }
  }
}
