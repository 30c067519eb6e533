package dev.hookferry.http.console.endpoints;

import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.limit.SendRate;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.SiteSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A card of an endpoint's form, for settings that most endpoints leave at their defaults. */
public enum SettingCard {
  RETRY("Retries", "retry"),
  TIMEOUT("Timeout", "timeout"),
  SUCCESS("Success statuses", "successStatuses"),
  LIMITS("Limits", "limits"),
  ORDER("Order", "order onExhaustion"),
  FILTER("Filter", "filter"),
  BODY("Body", "body"),
  SIGNATURES("Signatures", "signatures"),
  SECRETS("Secrets", "secret secretType qlmSecret"),
  HEADERS("Headers", "headers secretHeaders"),
  AUTH("Authentication", "auth"),
  TLS("Certificates", "clientCertificate trustedCa"),
  EGRESS("Egress", "egress"),
  TRACE("Trace", "propagateTrace"),
  NAMING("Uid, labels and metadata", "uid labels metadata"),
  OWNERSHIP("Customers", "urlFrom managedBy");

  private static final Set<String> DEFAULT_SIGNATURES = Set.of("qlm", "standard");

  private final String title;
  private final String fields;

  SettingCard(String title, String fields) {
    this.title = title;
    this.fields = fields;
  }

  public String title() {
    return title;
  }

  /** Returns the id of the card in the page. */
  public String id() {
    return "set-" + name().toLowerCase(Locale.ROOT);
  }

  /** Returns the names of the fields that it sets. */
  public List<String> fields() {
    return List.of(fields.split(" ", -1));
  }

  /** Returns whether an endpoint overrides the default. */
  public boolean isSet(EndpointForm form) {
    PolicyForm policy = form.policy();
    return switch (this) {
      case RETRY -> hasRetry(policy);
      case TIMEOUT -> !policy.timeout().isEmpty();
      case SUCCESS -> !policy.successStatuses().isEmpty();
      case LIMITS -> !policy.rate().isEmpty() || !policy.concurrency().isEmpty();
      case ORDER -> !policy.order().isEmpty();
      case FILTER -> !form.filter().isEmpty();
      case BODY -> !form.body().isEmpty();
      case SIGNATURES ->
          !form.signatures().isEmpty() && !form.signatures().equals(DEFAULT_SIGNATURES);
      case SECRETS -> hasSecrets(form.secrets());
      case HEADERS -> !form.headers().isEmpty();
      case AUTH -> !form.access().auth().isEmpty();
      case TLS -> hasCertificates(form.access());
      case EGRESS -> !policy.egress().isEmpty();
      case TRACE -> !policy.trace().isEmpty();
      case NAMING -> form.naming().hasNames();
      case OWNERSHIP -> !form.naming().ownership().equals(Ownership.DEFAULT);
    };
  }

  /**
   * Describes the default that applies when no value is set.
   *
   * @param server the default that applies if the site has no value either
   * @param isNew whether the endpoint does not exist yet
   * @param usesQlm whether the site uses QLM
   */
  public String inherited(SiteSettings site, ServerPolicy server, boolean isNew, boolean usesQlm) {
    return switch (this) {
      case TIMEOUT -> timeout(site.timeout(), server);
      case EGRESS -> egress(site.egress(), server);
      case SECRETS -> !isNew ? "unchanged" : usesQlm ? inherited(site) : "a new one";
      case SIGNATURES -> usesQlm ? inherited(site) : "standard";
      default -> inherited(site);
    };
  }

  private String inherited(SiteSettings site) {
    return switch (this) {
      case RETRY -> retry(site.retry());
      case LIMITS -> {
        SendRate rate = site.limits().rate();
        yield rate == null ? "no rate limit" : "site: " + rate;
      }
      case SUCCESS -> SuccessStatuses.DEFAULT.toString();
      case FILTER -> "every event";
      case BODY -> "site: envelope " + site.envelope().style().name().toLowerCase(Locale.ROOT);
      case SIGNATURES -> "qlm and standard";
      case SECRETS -> site.secretKey() == null ? "a new one" : "a new one, and the site's QLM key";
      case TLS -> "none of its own";
      case TRACE -> "not sent";
      case OWNERSHIP -> "the URL is the operator's; links may permit changes";
      case ORDER, HEADERS, AUTH, NAMING, TIMEOUT, EGRESS -> "none";
    };
  }

  private static String timeout(@Nullable Duration ofSite, ServerPolicy server) {
    return ofSite == null ? "server: " + time(server.timeout()) : "site: " + time(ofSite);
  }

  private static String egress(@Nullable String ofSite, ServerPolicy server) {
    String defaultValue = server.egress() == null ? "direct" : server.egress();
    return ofSite == null ? "server: " + defaultValue : "site: " + ofSite;
  }

  private static boolean hasSecrets(SecretsForm secrets) {
    return secrets.isKeyPair() || !(secrets.secret() + secrets.qlmSecret()).isEmpty();
  }

  private static boolean hasCertificates(AccessForm access) {
    return !(access.certificate() + access.privateKey() + access.trustedCa()).isEmpty();
  }

  private static boolean hasRetry(PolicyForm policy) {
    return !(policy.maxRetries() + policy.interval() + policy.backoff() + policy.schedule())
        .isEmpty();
  }

  private static String retry(RetrySettings retry) {
    return retry.schedule().isEmpty()
        ? "site: " + retry.maxRetries() + " × " + time(retry.interval())
        : "site: after "
            + retry.schedule().stream().map(SettingCard::time).collect(Collectors.joining(", "));
  }

  private static String time(Duration length) {
    return DisplayTime.length(length);
  }
}
