package dev.hookferry.portal;

import dev.hookferry.Endpoints;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.Party;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.EndpointWarnings;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.site.SettingsByName;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns customers' requests into endpoint specifications. Customers may set only a few fields.
 * Their URLs are marked as the customer's, so the strict rule applies when they are saved and on
 * every request.
 */
final class CustomerSpec {
  /** Endpoint settings that customers may change. */
  private static final List<String> SETTABLE =
      List.of(
          EndpointFields.URL.name(),
          EndpointFields.EVENT_TYPES.name(),
          EndpointFields.DESCRIPTION.name(),
          EndpointFields.HEADERS.name(),
          EndpointFields.SECRET_HEADERS.name(),
          EndpointFields.FILTER.name());

  private static final String HTTPS = "https://";

  /** Suffix of the reason for refusing a port, which does not depend on the host. */
  private static final String OF_PORT = "(url_port)";

  /** Suffixes of reasons that depend only on the text of a URL, not on its target. */
  private static final List<String> OF_TEXT = List.of("(url_syntax)", "(url_userinfo)");

  private CustomerSpec() {}

  /**
   * Returns the specification of a new endpoint.
   *
   * @param labels the labels of the link
   */
  static EndpointSpec created(EndpointSpec requested, Map<String, String> labels) {
    requireOrdinary(requested, List.of());
    FieldValues values = settable(requested).with(EndpointFields.LABELS, labels);
    return EndpointSpec.of(values.with(Ownership.URL_FROM, Party.CUSTOMER.code()));
  }

  /**
   * Returns the specification of a change. An unchanged URL is left out, so it keeps its owner.
   *
   * @throws ConflictException if a different host would receive credentials that the customer
   *     cannot read
   */
  static EndpointSpec changed(EndpointSpec requested, Endpoint current) {
    FieldValues values = settable(requested);
    requireOrdinary(
        requested, current.eventTypes().stream().map(EventTypeFilter::pattern).toList());
    String url = values.get(EndpointFields.URL);
    if (url == null || url.equals(current.url().text())) {
      return EndpointSpec.of(values.without(EndpointFields.URL));
    }
    if (isElsewhere(url, current.url())) {
      requireNoCredentials(values, current);
    }
    return EndpointSpec.of(values.with(Ownership.URL_FROM, Party.CUSTOMER.code()));
  }

  private static boolean isElsewhere(String text, TargetUrl current) {
    TargetUrl url;
    try {
      url = TargetUrl.template(text);
    } catch (InvalidException e) {
      // The target is unknown, so assume a different host. Without credentials, the change itself
      // reports the invalid URL.
      return true;
    }
    return !url.scheme().equals(current.scheme())
        || !url.host().equals(current.host())
        || url.port() != current.port();
  }

  private static void requireNoCredentials(FieldValues values, Endpoint current) {
    if (current.auth() != null || current.tls().clientCertificate() != null) {
      throw new ConflictException(
          "url cannot move to another host, because requests carry credentials of your provider;"
              + " add another endpoint, or ask your provider to change this one");
    }
    Map<String, String> given = values.get(EndpointFields.HEADERS);
    for (CustomHeader header : current.headers()) {
      if (header.isSecret() && (given == null || keeps(given, header.name()))) {
        throw new ConflictException(
            "url cannot move to another host while the header "
                + header.name()
                + " keeps its secret value; give its value again, or remove it");
      }
    }
  }

  private static boolean keeps(Map<String, String> given, String name) {
    return given.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getKey().equalsIgnoreCase(name)
                    && entry.getValue().equals(SettingsByName.MASK));
  }

  private static FieldValues settable(EndpointSpec requested) {
    for (var field : EndpointFields.NEW.fields()) {
      boolean given = requested.values().get(field) != null || requested.values().isReset(field);
      if (given && !SETTABLE.contains(field.name())) {
        throw InvalidException.of(field.name(), "cannot be set here");
      }
    }
    return requested.values();
  }

  /** Rejects operational events, which reveal endpoints and users outside a link's scope. */
  private static void requireOrdinary(EndpointSpec requested, List<String> current) {
    List<String> types = requested.values().get(EndpointFields.EVENT_TYPES);
    for (EventType type : OperationalEvents.ALL) {
      if (types != null && types.contains(type.name()) && !current.contains(type.name())) {
        throw InvalidException.of("eventTypes", "must not name the operational event " + type);
      }
    }
  }

  /**
   * Runs a change and rewrites its URL errors. Problems with the text, scheme or port are
   * explained, since anyone can see them. All other refusals share one message, so that they reveal
   * nothing about networks. Problems with other fields follow.
   */
  static <T> T strictly(EndpointSpec requested, Supplier<T> change) {
    try {
      return change.get();
    } catch (InvalidException e) {
      List<Problem> others = e.problems().stream().filter(p -> !p.field().equals("url")).toList();
      if (others.size() == e.problems().size()) {
        throw e;
      }
      String url = requested.values().get(EndpointFields.URL);
      throw new InvalidException(
          Stream.concat(refused(url, e).problems().stream(), others.stream()).toList());
    }
  }

  private static InvalidException refused(@Nullable String url, InvalidException because) {
    if (url != null && !url.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
      return InvalidException.of("url", "must begin with " + HTTPS);
    }
    List<Problem> ofText =
        because.problems().stream()
            .filter(problem -> OF_TEXT.stream().anyMatch(problem.reason()::endsWith))
            .toList();
    if (!ofText.isEmpty()) {
      return new InvalidException(ofText);
    }
    boolean ofPort = because.problems().stream().anyMatch(p -> p.reason().endsWith(OF_PORT));
    return InvalidException.of(
        "url",
        ofPort && url != null
            ? "must not use port " + TargetUrl.template(url).port() + "; use 443"
            : "must be an https URL that resolves to a public address on an allowed port");
  }

  /** Registers a customer's endpoint unless the customer already has the maximum number. */
  static Endpoints.Registered create(
      Webhooks webhooks, SiteId site, List<Endpoint> current, EndpointSpec spec) {
    if (current.size() >= PortalAccess.MAX_ENDPOINTS) {
      throw new ConflictException("at most 50 endpoints are allowed; remove one first");
    }
    return withoutOthers(webhooks.endpoints().create(site, spec));
  }

  /** Removes warnings that name another endpoint of the site, which may be another customer's. */
  private static Endpoints.Registered withoutOthers(Endpoints.Registered registered) {
    return new Endpoints.Registered(
        registered.endpoint(),
        registered.secret(),
        own(registered.endpoint(), registered.warnings()));
  }

  /** Removes warnings that name another endpoint of the site, which may be another customer's. */
  static Endpoints.Changed withoutOthers(Endpoints.Changed changed) {
    List<String> warnings = own(changed.endpoint(), changed.warnings());
    return new Endpoints.Changed(changed.before(), changed.endpoint(), warnings);
  }

  private static List<String> own(Endpoint endpoint, List<String> warnings) {
    String unresolved = EndpointWarnings.unresolved(endpoint.url().text());
    return warnings.stream().filter(unresolved::equals).toList();
  }
}
