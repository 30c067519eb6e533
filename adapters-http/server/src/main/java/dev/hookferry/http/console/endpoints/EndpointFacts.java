package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.BodyTemplate;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.Party;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.LastSuccess;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.EndpointWords;
import dev.hookferry.http.console.text.KeyValueLines;
import dev.hookferry.http.console.text.ReceiverSnippets;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.policy.PolicyValue;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The labelled values on the page of an endpoint. */
public record EndpointFacts(Webhooks webhooks, Activity activity, Visit visit) {
  private static final String OWN = " (own setting)";
  private static final String NO_TIME = " (no timestamp)";
  private static final String SITE_BODY = "the site's envelope";
  private static final String OPERATORS = "the URL is the operator's";
  private static final String MAY_CHANGE = "; links may permit changes";

  /**
   * A named value of an endpoint.
   *
   * @param mono whether to use a monospaced font
   */
  public record Fact(String name, String text, boolean mono) {
    Fact(String name, String text) {
      this(name, text, false);
    }

    /** Returns an explanation of the text; empty if it is self-explanatory. */
    public String meaning() {
      boolean isOpen = name.equals("Signatures") && text.contains(NO_TIME);
      return isOpen ? "Without a signed time, others can send a captured request again." : "";
    }
  }

  /** Texts of settings that have their defaults. */
  private static final Set<String> DEFAULTS =
      Set.of("none", "not sent", "2xx", SITE_BODY, OPERATORS + MAY_CHANGE);

  /**
   * The settings of an endpoint.
   *
   * @param own the settings that differ from the defaults
   * @param usual the settings with default values
   * @param schemes the signature schemes in use that have code snippets
   */
  public record Grouped(List<Fact> own, List<Fact> usual, List<String> schemes) {}

  /** Returns the settings of an endpoint, in the order of the page. */
  Grouped of(Endpoint endpoint) {
    Map<Boolean, List<Fact>> facts =
        Stream.of(identity(endpoint), publicKeys(endpoint), disabling(endpoint), sending(endpoint))
            .flatMap(some -> some)
            .collect(Collectors.partitioningBy(EndpointFacts::isUsual));
    return new Grouped(
        facts.getOrDefault(false, List.of()),
        facts.getOrDefault(true, List.of()),
        schemes(endpoint.signing()));
  }

  private static boolean isUsual(Fact fact) {
    return DEFAULTS.contains(fact.text())
        || (fact.text().endsWith(" setting)") && !fact.text().contains(OWN));
  }

  /**
   * Returns the schemes of the current signatures that have code snippets. QLM is included only
   * with a key, and is last because a recorded request passes its check.
   */
  private List<String> schemes(EndpointSigning signing) {
    boolean hasQlm = hasQlmKey(signing);
    boolean isKeyPair = signing.secretType() == SecretType.ED25519;
    Set<String> used = new TreeSet<>();
    for (Signature signature : signing.signatures()) {
      if (!signature.isActive(visit.now())) {
        continue;
      }
      switch (signature.profile()) {
        case QLM -> {
          if (hasQlm) {
            used.add(ReceiverSnippets.QLM);
          }
        }
        case STANDARD, SVIX ->
            used.add(isKeyPair ? ReceiverSnippets.KEYS : ReceiverSnippets.STANDARD);
        case ED25519 -> used.add(ReceiverSnippets.KEYS);
        default -> {}
      }
    }
    return ReceiverSnippets.schemes().stream().filter(used::contains).toList();
  }

  private boolean hasQlmKey(EndpointSigning signing) {
    return signing.qlmSecret() != null || webhooks.settings().get(visit.site()).secretKey() != null;
  }

  private Stream<Fact> identity(Endpoint endpoint) {
    return Stream.of(
        new Fact("Id", endpoint.id().toString(), true),
        new Fact("Uid", endpoint.uid() == null ? "none" : endpoint.uid(), endpoint.uid() != null),
        new Fact("Labels", pairs(endpoint.labels())),
        new Fact("Metadata", pairs(endpoint.metadata())),
        new Fact("Event types", EndpointWords.types(endpoint)),
        new Fact("Signatures", signatures(endpoint)),
        new Fact("Secrets", secrets(endpoint)));
  }

  private Stream<Fact> disabling(Endpoint endpoint) {
    Instant end = endpoint.status().disablesAt();
    return end == null
        ? Stream.empty()
        : Stream.of(new Fact("Will be disabled", DisplayTime.of(end, visit.now()).exact()));
  }

  private Stream<Fact> sending(Endpoint endpoint) {
    DeliveryPolicy policy = webhooks.endpoints().policy(visit.site(), endpoint.id());
    String headers =
        webhooks.endpoints().headers(endpoint).entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .collect(Collectors.joining(", "));
    return Stream.of(
        new Fact("Retries", retries(policy.retry().value()) + origin(policy.retry())),
        new Fact(
            "Timeout", DisplayTime.length(policy.timeout().value()) + origin(policy.timeout())),
        new Fact("Success statuses", String.join(", ", endpoint.successStatuses().entries())),
        endpoint.filter() == null
            ? new Fact("Filter", "none")
            : new Fact("Filter", endpoint.filter().text(), true),
        new Fact("Body", body(endpoint)),
        new Fact("Limits", limits(policy)),
        new Fact("Release rate", release(endpoint.status())),
        new Fact("Order", order(endpoint)),
        new Fact("Authentication", endpoint.auth() == null ? "none" : endpoint.auth().summary()),
        new Fact("Client certificate", certificate(endpoint)),
        new Fact("Egress", policy.egress().value().orElse("direct") + origin(policy.egress())),
        new Fact("Trace", endpoint.settings().request().propagateTrace() ? "sent" : "not sent"),
        new Fact("Customers", ownership(endpoint.ownership())),
        new Fact("Headers", headers.isEmpty() ? "none" : headers),
        new Fact("Last success", LastSuccess.of(endpoint, activity, visit.now())),
        new Fact("Created", DisplayTime.of(endpoint.createdAt(), visit.now()).text()));
  }

  private static String ownership(Ownership ownership) {
    return (ownership.isStrict() ? "the URL is a customer's" : OPERATORS)
        + (ownership.managedBy() == Party.OPERATOR ? "; customers cannot change it" : MAY_CHANGE);
  }

  private static String certificate(Endpoint endpoint) {
    ClientCertificate certificate = endpoint.tls().clientCertificate();
    return certificate == null ? "none" : certificate.details().toString();
  }

  private static String pairs(Map<String, String> pairs) {
    return pairs.isEmpty() ? "none" : KeyValueLines.of(pairs).replace("\n", ", ");
  }

  private static String retries(RetrySettings retry) {
    if (!retry.schedule().isEmpty()) {
      return "after "
          + retry.schedule().stream().map(DisplayTime::length).collect(Collectors.joining(", "));
    }
    return retry.maxRetries()
        + ", every "
        + DisplayTime.length(retry.interval())
        + (retry.backoff() == RetrySettings.Backoff.FIXED ? "" : ", doubling");
  }

  static String limits(DeliveryPolicy policy) {
    return policy.rate().value().map(rate -> rate + origin(policy.rate())).orElse("no rate limit")
        + ", "
        + policy.concurrency().value()
        + " at once"
        + origin(policy.concurrency());
  }

  private String release(EndpointStatus status) {
    Instant since = status.since();
    return status.perSecond() == null || since == null
        ? "none"
        : "at most "
            + status.perSecond()
            + " a second on each node, of the deliveries on hold until it was resumed, "
            + DisplayTime.of(since, visit.now()).text();
  }

  private static String body(Endpoint endpoint) {
    BodySettings body = endpoint.body().settings();
    if (body == null) {
      return SITE_BODY;
    }
    String name =
        body.mapper() == null
            ? body.format().code() + (body.binary() ? " (binary)" : "")
            : "mapper " + body.mapper();
    BodyTemplate template = body.template();
    return name
        + ", version "
        + endpoint.body().version()
        + (template == null ? "" : ": " + template.text())
        + body.problem()
            .map(why -> " (cannot be read, so nothing is sent: " + why + ")")
            .orElse("");
  }

  private static String order(Endpoint endpoint) {
    return switch (endpoint.order()) {
      case NONE -> "none";
      case BY_KEY -> "by key; a delivery without retries left blocks its key";
      case BY_KEY_SKIPPING -> "by key; deliveries without retries left are skipped";
    };
  }

  private static String origin(PolicyValue<?> value) {
    return switch (value.origin()) {
      case SERVER -> " (server setting)";
      case SITE -> " (site setting)";
      case ENDPOINT -> OWN;
    };
  }

  private String signatures(Endpoint endpoint) {
    boolean usesQlm = hasQlmKey(endpoint.signing()) || visit.usesQlm();
    return endpoint.signing().signatures().stream()
        .filter(one -> usesQlm || one.profile() != SignatureProfile.QLM)
        .map(one -> one + note(one, endpoint.signing()) + end(one))
        .collect(Collectors.joining(", "));
  }

  private String note(Signature signature, EndpointSigning signing) {
    if (signature.profile() == SignatureProfile.QLM && !hasQlmKey(signing)) {
      return " (not sent: no key)";
    }
    return signature.isReplayable() ? NO_TIME : "";
  }

  private String end(Signature signature) {
    Instant until = signature.until();
    if (until == null) {
      return "";
    }
    String when = DisplayTime.of(until, visit.now()).text();
    return signature.isActive(visit.now()) ? " (ends " + when + ")" : " (ended " + when + ")";
  }

  private String end(Instant end) {
    DisplayTime time = DisplayTime.of(end, visit.now());
    return time.text() + " (" + time.exact().replaceFirst(":[0-9.]+ UTC$", " UTC") + ")";
  }

  private String secrets(Endpoint endpoint) {
    List<EndpointSecret> active =
        endpoint.signing().secrets().stream().filter(s -> s.isActive(visit.now())).toList();
    String ends =
        active.stream()
            .map(EndpointSecret::expiresAt)
            .flatMap(Stream::ofNullable)
            .map(end -> "the old one expires " + end(end))
            .collect(Collectors.joining(", "));
    String count = active.size() == 1 ? "1 active secret" : active.size() + " active secrets";
    return count
        + (ends.isEmpty() ? "" : "; " + ends)
        + (endpoint.signing().secretType() == SecretType.ED25519 ? "; a key pair" : "");
  }

  private Stream<Fact> publicKeys(Endpoint endpoint) {
    List<Ed25519PublicKey> keys = endpoint.signing().publicKeysAt(visit.now());
    if (keys.isEmpty()) {
      return Stream.empty();
    }
    String set = "/.well-known/hookferry/" + visit.site() + "/jwks.json?endpoint=" + endpoint.id();
    return Stream.concat(
        keys.stream().map(key -> new Fact("Public key " + key.kid(), key.text(), true)),
        Stream.of(new Fact("Public keys as JWKS", set, true)));
  }
}
