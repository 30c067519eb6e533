package dev.hookferry.http.console.endpoints;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointRules;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.Party;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.field.FieldValues;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.endpoints.rows.FilterRows;
import dev.hookferry.http.console.endpoints.rows.HeaderRows;
import dev.hookferry.http.console.text.FormReader;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.KeyValueLines;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form of an endpoint, as typed.
 *
 * @param url the endpoint's URL
 * @param types the ticked exact event types
 * @param patterns other subscriptions, separated by spaces or commas
 * @param description human-readable text
 * @param signatures the ticked profiles, and other signatures one per line, in the format of {@link
 *     Signature#parse}
 * @param filter the event filter
 * @param headers custom headers
 * @param naming how programs identify and select the endpoint, and who manages it
 * @param policy the endpoint's own settings for retries, timeout and limits
 * @param access how requests authenticate to the receiver
 * @param body the body of its requests
 * @param secrets its secrets
 */
public record EndpointForm(
    String url,
    Set<String> types,
    String patterns,
    String description,
    Set<String> signatures,
    FilterRows filter,
    HeaderRows headers,
    Naming naming,
    PolicyForm policy,
    AccessForm access,
    BodyForm body,
    SecretsForm secrets) {
  private static final Map<String, String> NAMES =
      Map.of(
          "svix", "Svix",
          "github", "GitHub",
          "stripe", "Stripe",
          "shopify", "Shopify",
          "slack", "Slack",
          "webhookx", "WebhookX");

  private static final Set<String> BOTH = Set.of("qlm", "standard");

  /** Profiles without options, which have checkboxes. */
  private static final List<SignatureProfile> TICKS =
      Stream.of(SignatureProfile.values()).filter(one -> one.options().isEmpty()).toList();

  /**
   * How programs identify and select an endpoint, as typed.
   *
   * @param uid its uid, or empty
   * @param labels one per line, {@code name=value}
   * @param metadata one per line, {@code name=value}
   * @param ownership who provided the URL and who manages the endpoint
   */
  public record Naming(String uid, String labels, String metadata, Ownership ownership) {
    static final Naming NONE = new Naming("", "", "", Ownership.DEFAULT);

    static Naming of(Endpoint endpoint) {
      return new Naming(
          endpoint.uid() == null ? "" : endpoint.uid(),
          KeyValueLines.of(endpoint.labels()),
          KeyValueLines.of(endpoint.metadata()),
          endpoint.ownership());
    }

    static Naming of(FormValues form) {
      Ownership ownership =
          new Ownership(
              form.has("urlFromCustomer") ? Party.CUSTOMER : Party.OPERATOR,
              form.has("managedByOperator") ? Party.OPERATOR : Party.CUSTOMER);
      return new Naming(form.text("uid"), form.raw("labels"), form.raw("metadata"), ownership);
    }

    /** Returns whether a uid, a label or metadata is typed. */
    public boolean hasNames() {
      return !(uid + labels + metadata).isEmpty();
    }

    private FieldValues addTo(FieldValues values) {
      FieldValues all =
          values
              .with(Ownership.URL_FROM, ownership.urlFrom().code())
              .with(Ownership.MANAGED_BY, ownership.managedBy().code());
      return uid.isEmpty() ? all.withReset(EndpointFields.UID) : all.with(EndpointFields.UID, uid);
    }
  }

  /** Returns the event types that Hookferry itself publishes. */
  public static List<String> operational() {
    return OperationalEvents.ALL.stream().map(EventType::name).toList();
  }

  /** Returns an empty form. */
  public static EndpointForm empty() {
    return new EndpointForm(
        "",
        Set.of(),
        "",
        "",
        BOTH,
        FilterRows.NONE,
        HeaderRows.NONE,
        Naming.NONE,
        PolicyForm.EMPTY,
        AccessForm.EMPTY,
        BodyForm.EMPTY,
        SecretsForm.EMPTY);
  }

  /** Returns a form filled with an endpoint's current values. */
  public static EndpointForm of(Endpoint endpoint, Set<String> known, Map<String, String> headers) {
    Set<String> patterns =
        endpoint.eventTypes().stream()
            .map(filter -> filter.pattern())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> ticked = new HashSet<>(known);
    ticked.addAll(operational());
    return new EndpointForm(
        endpoint.url().text(),
        patterns.stream().filter(ticked::contains).collect(Collectors.toSet()),
        patterns.stream().filter(p -> !ticked.contains(p)).collect(Collectors.joining(", ")),
        endpoint.description(),
        endpoint.signing().signatures().stream()
            .map(Signature::toString)
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        endpoint.filter() == null ? FilterRows.NONE : FilterRows.of(endpoint.filter().text()),
        HeaderRows.of(endpoint, headers),
        Naming.of(endpoint),
        PolicyForm.of(endpoint),
        AccessForm.of(endpoint),
        BodyForm.of(endpoint),
        SecretsForm.of(endpoint));
  }

  /** Returns the form that a browser submitted. */
  public static EndpointForm of(FormValues form) {
    return new EndpointForm(
        form.text("url"),
        Set.copyOf(form.texts("type")),
        form.text("patterns"),
        form.text("description"),
        signatures(form),
        FilterRows.of(form),
        HeaderRows.of(form),
        Naming.of(form),
        PolicyForm.of(form),
        AccessForm.of(form),
        BodyForm.of(form),
        SecretsForm.of(form));
  }

  /**
   * Returns the specification for the facade.
   *
   * @param enabled whether to deliver; null leaves this unchanged
   * @param site the site's retry settings, used for empty fields if other retry fields are set
   * @throws InvalidException if a field cannot be parsed, with the problems of all fields; the
   *     facade checks the rules that depend on the server
   */
  public EndpointSpec change(@Nullable Boolean enabled, RetrySettings site) {
    FieldValues values =
        new FormReader(naming.addTo(plain()))
            .with(headers::addTo)
            .with(all -> all.with(EndpointFields.SIGNATURES, parsedSignatures()))
            .with(
                all ->
                    all.with(EndpointFields.LABELS, KeyValueLines.parse("labels", naming.labels())))
            .with(
                all ->
                    all.with(
                        EndpointFields.METADATA,
                        KeyValueLines.parse("metadata", naming.metadata())))
            .with(all -> policy.addTo(all, site))
            .with(access::addTo)
            .with(body::addTo)
            .with(secrets::addTo)
            .with(this::withFilter)
            .checked(EndpointRules::check);
    return EndpointSpec.of(enabled == null ? values : values.with(EndpointFields.ENABLED, enabled));
  }

  private FieldValues plain() {
    return FieldValues.NONE
        .with(EndpointFields.URL, url)
        .with(EndpointFields.EVENT_TYPES, wantedTypes())
        .with(EndpointFields.DESCRIPTION, description);
  }

  private FieldValues withFilter(FieldValues values) {
    String text = filter.text();
    return text.isEmpty()
        ? values.withReset(EndpointFields.FILTER)
        : values.with(EndpointFields.FILTER, Filter.parse(text));
  }

  /**
   * Returns the events that the form selects so far: all types while none is chosen.
   *
   * @throws InvalidException if a pattern is not valid
   */
  public List<EventTypeFilter> typeFilters() {
    List<String> wanted = wantedTypes();
    return (wanted.isEmpty() ? List.of("*") : wanted).stream().map(EventTypeFilter::new).toList();
  }

  private List<String> wantedTypes() {
    List<String> wanted = new ArrayList<>(types);
    Stream.of(patterns.split("[\\s,;]+", -1)).filter(p -> !p.isEmpty()).forEach(wanted::add);
    return wanted;
  }

  /** Returns the mask that represents a stored credential. */
  public static String mask() {
    return SettingsByName.MASK;
  }

  /** Returns the profiles with a ticked checkbox. */
  public static List<String> profiles() {
    return TICKS.stream().map(SignatureProfile::code).toList();
  }

  /** Describes the headers of a profile, for the label of its checkbox. */
  public static String label(String profile) {
    String header = Signature.of(SignatureProfile.find(profile).orElseThrow()).headers().get(0);
    return switch (profile) {
      case "standard" -> header + " (Standard Webhooks, recommended for new receivers)";
      case "qlm" -> header + " (QLM)";
      default -> header + " (as " + NAMES.getOrDefault(profile, profile) + " signs)";
    };
  }

  /** Returns the signatures without a checkbox, one per line. */
  public String otherSignatures() {
    return signatures.stream()
        .filter(text -> !profiles().contains(text))
        .collect(Collectors.joining("\n"));
  }

  private static Set<String> signatures(FormValues form) {
    Set<String> all = new LinkedHashSet<>(form.texts("signature"));
    form.raw("signatures").lines().map(String::strip).filter(s -> !s.isEmpty()).forEach(all::add);
    return all;
  }

  private List<Signature> parsedSignatures() {
    List<Signature> parsed = new ArrayList<>();
    for (String text : signatures) {
      try {
        parsed.add(Signature.parse(text));
      } catch (InvalidException e) {
        String rule = e.problems().get(0).field() + " " + e.problems().get(0).reason();
        throw InvalidException.of("signatures", "“" + text + "”: " + rule);
      }
    }
    return parsed;
  }
}
