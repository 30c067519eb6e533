package dev.hookferry.endpoint;

import dev.hookferry.auth.AuthSpec;
import dev.hookferry.auth.ClientCertificateFields;
import dev.hookferry.body.BodySettings;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.PairRules;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.filter.Filter;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Specification of a new endpoint, or of a change: {@code
 * EndpointSpec.to(url).types("license_*").header("X-Team", "blue")} or {@code
 * EndpointSpec.change().description("CRM").without(EndpointFields.RETRY)}.
 *
 * <p>A field that is not set gets its default in a new endpoint and keeps its value in a change; an
 * empty value is a value. Immutable; each method returns a copy, checks its argument at once, and
 * throws an {@link dev.hookferry.refusal.InvalidException} that names the field, the rule and the
 * value given.
 */
public final class EndpointSpec {
  private static final EndpointSpec EMPTY = new EndpointSpec(FieldValues.NONE);

  private final FieldValues values;

  private EndpointSpec(FieldValues values) {
    this.values = values;
  }

  /**
   * Returns the specification of a new endpoint.
   *
   * @param url where requests go: https, unless the operator allows http; see {@link #url}
   */
  public static EndpointSpec to(String url) {
    return EMPTY.url(url);
  }

  /** Returns a change in which no field is set. */
  public static EndpointSpec change() {
    return EMPTY;
  }

  /**
   * Returns a specification of values that a table of {@link EndpointFields} has parsed. Does not
   * check them, so that all problems can be reported together when they are used.
   */
  public static EndpointSpec of(FieldValues values) {
    return new EndpointSpec(Objects.requireNonNull(values, "values"));
  }

  /**
   * Returns a copy with the given URL, which may have {@link TargetUrl#template routing values}.
   */
  public EndpointSpec url(String url) {
    var unused = TargetUrl.template(Objects.requireNonNull(url, "url"));
    return of(values.with(EndpointFields.URL, url));
  }

  /** Returns a copy for 1 to 100 event types, prefixes such as {@code license_*}, or {@code *}. */
  public EndpointSpec types(String... types) {
    return types(NoNulls.in(types, "types"));
  }

  /** Returns a copy for 1 to 100 event types, prefixes such as {@code license_*}, or {@code *}. */
  public EndpointSpec types(List<String> types) {
    EndpointFields.EVENT_TYPES.checked(NoNulls.in(types, "types")).forEach(EventTypeFilter::new);
    return of(values.with(EndpointFields.EVENT_TYPES, List.copyOf(types)));
  }

  /** Returns a copy with a human-readable note: at most 500 characters, empty by default. */
  public EndpointSpec description(String text) {
    String note = EndpointFields.DESCRIPTION.checked(Objects.requireNonNull(text, "text"));
    Problems.check(p -> p.requireText(note, "description"));
    return of(values.with(EndpointFields.DESCRIPTION, note));
  }

  /**
   * Returns a copy with one more header, sent with every request. An endpoint may have up to 50:
   * visible ASCII, at most 4 KiB each and 16 KiB in total. A change that sets any header removes
   * all that it does not set.
   */
  public EndpointSpec header(String name, String value) {
    return headers(with(EndpointFields.HEADERS, name, value));
  }

  /**
   * Returns a copy with exactly these headers, by name; none by default. In a change a value of
   * {@link dev.hookferry.site.SettingsByName#MASK} keeps the current one.
   */
  public EndpointSpec headers(Map<String, String> all) {
    Problems.check(p -> HeaderRules.check(p, "headers", NoNulls.inKeys(all, "all")));
    return of(values.with(EndpointFields.HEADERS, new LinkedHashMap<>(all)));
  }

  /** Returns a copy with one more header whose value is never shown. */
  public EndpointSpec secretHeader(String name, String value) {
    List<String> marked = new ArrayList<>(values.get(EndpointFields.SECRET_HEADERS, List.of()));
    marked.add(name);
    return header(name, value).secretHeaders(marked.toArray(String[]::new));
  }

  /**
   * Returns a copy in which the values of exactly these headers are never shown. Those whose names
   * look like credentials are secret anyway.
   */
  public EndpointSpec secretHeaders(String... names) {
    return checked(EndpointFields.SECRET_HEADERS, NoNulls.in(names, "names"));
  }

  /** Returns a copy signed with these profiles, or with the default ones if none is given. */
  public EndpointSpec signatures(SignatureProfile... profiles) {
    return signatures(NoNulls.in(profiles, "profiles").stream().map(Signature::of).toList());
  }

  /** Returns a copy with these signatures, at most {@link Signature#MAX}. */
  public EndpointSpec signatures(List<Signature> all) {
    return checked(EndpointFields.SIGNATURES, List.copyOf(NoNulls.in(all, "all")));
  }

  /** Returns a copy that presents a certificate, in PEM with its intermediates, and its key. */
  public EndpointSpec clientCertificate(String certificate, String privateKey) {
    FieldValues pair = ClientCertificateFields.checked(certificate, privateKey);
    return of(values.with(EndpointFields.CLIENT_CERTIFICATE, pair));
  }

  /** Returns a copy that trusts only these CA certificates at the receiver: 1 to 50 in PEM. */
  public EndpointSpec trustedCa(String certificates) {
    return checked(EndpointFields.TRUSTED_CA, Objects.requireNonNull(certificates, "certificates"));
  }

  /** Returns a copy that is enabled, the default, or paused, which holds its deliveries. */
  public EndpointSpec enabled(boolean enabled) {
    return of(values.with(EndpointFields.ENABLED, enabled));
  }

  /** Returns a copy with its own retry settings; by default it follows the site's. */
  public EndpointSpec retry(RetrySettings own) {
    return checked(EndpointFields.RETRY, Objects.requireNonNull(own, "own"));
  }

  /**
   * Returns a copy with its own time limit for each attempt, from the DNS lookup to the end of the
   * response: 1 to 30 seconds. By default it follows the site's.
   */
  public EndpointSpec timeout(Duration limit) {
    return checked(EndpointFields.TIMEOUT, Objects.requireNonNull(limit, "limit"));
  }

  /** Returns a copy whose requests carry these credentials; by default they carry none. */
  public EndpointSpec auth(AuthSpec spec) {
    return of(values.with(EndpointFields.AUTH, Objects.requireNonNull(spec, "spec")));
  }

  /** Returns a copy whose connections use the egress of this name; by default the site's. */
  public EndpointSpec egress(String name) {
    return checked(EndpointFields.EGRESS, Objects.requireNonNull(name, "name"));
  }

  /** Returns a copy whose requests carry the header {@code traceparent}; off by default. */
  public EndpointSpec propagateTrace(boolean carried) {
    return of(values.with(EndpointFields.PROPAGATE_TRACE, carried));
  }

  /**
   * Returns a copy for which these statuses count as success, such as {@code "2xx", "304"}: classes
   * and statuses from 200 to 399. By default only 2xx counts.
   */
  public EndpointSpec successStatuses(String... entries) {
    return of(values.with(SuccessStatuses.FIELD, SuccessStatuses.of(entries).entries()));
  }

  /** Returns a copy whose requests have this body; by default, the site's envelope. */
  public EndpointSpec body(BodySettings own) {
    return of(values.with(EndpointFields.BODY, Objects.requireNonNull(own, "own")));
  }

  /** Returns a copy whose requests have the site's envelope as body, the default. */
  public EndpointSpec siteBody() {
    return of(values.withReset(EndpointFields.BODY));
  }

  /**
   * Returns a copy with a name of your choice, unique in the site, which can replace its id in
   * paths and in {@link dev.hookferry.event.NewEvent#to}: 1 to 64 characters of {@code
   * A-Za-z0-9_.-}, not in the form of an id. By default it has none.
   */
  public EndpointSpec uid(String own) {
    Problems.check(p -> EndpointRules.checkUid(p, Objects.requireNonNull(own, "own")));
    return of(values.with(EndpointFields.UID, own));
  }

  /** Returns a copy with one more label; a change that sets any removes all it does not set. */
  public EndpointSpec label(String name, String value) {
    return labels(with(EndpointFields.LABELS, name, value));
  }

  /**
   * Returns a copy that gets only events with all of these labels: up to 10, names of 1 to 64
   * characters of {@code a-z0-9_.-}, values of at most 128 characters. One match suffices for
   * {@link dev.hookferry.event.Channels}. By default it requires no labels.
   */
  public EndpointSpec labels(Map<String, String> all) {
    NoNulls.inKeys(all, "all");
    return of(values.with(EndpointFields.LABELS, PairRules.LABELS.checked("labels", all)));
  }

  /** Returns a copy with one more metadata entry; see {@link #metadata(Map)}. */
  public EndpointSpec metadata(String name, String value) {
    return metadata(with(EndpointFields.METADATA, name, value));
  }

  /**
   * Returns a copy with exactly this metadata for your programs, which is never sent: up to 50,
   * names of up to 64 characters, values of up to 512. By default there is none.
   */
  public EndpointSpec metadata(Map<String, String> all) {
    NoNulls.inKeys(all, "all");
    return of(values.with(EndpointFields.METADATA, PairRules.METADATA.checked("metadata", all)));
  }

  private Map<String, String> with(FieldSpec<Map<String, String>> of, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(values.get(of, Map.of()));
    more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    return more;
  }

  /**
   * Returns a copy that gets only events whose data meets a filter, such as {@code
   * {"ProductName":"Pro","Seats":{"$gte":10}}}: at most 8 KiB, 64 clauses, and 8 levels deep. By
   * default it gets all events of its types.
   */
  public EndpointSpec filter(String json) {
    return checked(EndpointFields.FILTER, Filter.parse(Objects.requireNonNull(json, "json")));
  }

  /** Returns a copy with this delivery order. */
  public EndpointSpec order(DeliveryOrder order) {
    return of(Objects.requireNonNull(order, "order").addTo(values));
  }

  /** Returns a copy with its own limits, at least one. By default it follows the site's. */
  public EndpointSpec limits(SendLimits own) {
    Objects.requireNonNull(own, "own");
    Problems.check(p -> p.require(!own.isEmpty(), "limits", "must have a rate or a concurrency"));
    return of(values.with(EndpointFields.LIMITS, own));
  }

  /** Returns a copy with this ownership; by default, the URL is the operator's. */
  public EndpointSpec ownership(Ownership other) {
    return of(Objects.requireNonNull(other, "other").addTo(values));
  }

  /** Returns a copy with its own QLM key, 1 to 256 characters, instead of the site's. */
  public EndpointSpec qlmSecret(String key) {
    return checked(EndpointFields.QLM_SECRET, Objects.requireNonNull(key, "key"));
  }

  /**
   * Returns a copy that resets a field: {@code without(EndpointFields.FILTER)} removes the filter.
   *
   * @param field one that is {@linkplain FieldSpec#isResettable resettable}
   */
  public EndpointSpec without(FieldSpec<?> field) {
    Objects.requireNonNull(field, "field");
    if (!EndpointFields.CHANGE.resettable().contains(field.name())) {
      throw new IllegalArgumentException(field + " cannot be reset");
    }
    return of(values.withReset(field));
  }

  private <T> EndpointSpec checked(FieldSpec<T> field, T value) {
    return of(values.with(field, field.checked(value)));
  }

  /** Returns the values of the fields that are set. */
  public FieldValues values() {
    return values;
  }

  /** Returns only the URL, because header values and the key are secret. */
  @Override
  public String toString() {
    return "EndpointSpec[" + values.get(EndpointFields.URL) + "]";
  }
}
