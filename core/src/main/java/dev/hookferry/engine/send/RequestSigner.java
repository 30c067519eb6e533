package dev.hookferry.engine.send;

import dev.hookferry.body.MappedBody;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.event.Payload;
import dev.hookferry.event.TraceContext;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signer.Signers;
import dev.hookferry.signing.StandardSignature;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigDiff;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes and signs the request of an attempt. Thread-safe. */
public final class RequestSigner {
  private static final String JSON = "application/json";

  private final SecretCipher cipher;
  private final String userAgent;
  private final SecretOpener opener;
  private final ServerPolicy policy;
  private final AttemptTracing tracing;
  private final Map<EndpointId, OpenedSecrets> opened = new ConcurrentHashMap<>();
  private final Map<SiteId, SiteKey> siteKeys = new ConcurrentHashMap<>();
  private final SiteKeyPairs pairs;
  private volatile Config config = Config.EMPTY;

  /**
   * Creates a signer.
   *
   * @param signers sign with the keys of sites that are kept outside the store; null to omit their
   *     signatures
   */
  public RequestSigner(
      SecretCipher cipher,
      @Nullable Signers signers,
      String userAgent,
      ServerPolicy policy,
      AttemptTracing tracing) {
    this.cipher = cipher;
    this.tracing = tracing;
    this.userAgent = userAgent;
    this.policy = policy;
    opener = new SecretOpener(cipher, userAgent);
    pairs = new SiteKeyPairs(cipher, signers);
  }

  /** Returns the name of the external signer that is called for an attempt; null if none is. */
  public @Nullable String signerOf(Sending sending) {
    boolean isUsed = sending.endpoint().signing().usesSiteKeyAt(sending.startedAt());
    return isUsed ? SiteKeyPairs.signerOf(sending) : null;
  }

  /**
   * Returns the request of an attempt. Blocks if a signer is called for it.
   *
   * @param mapped its body, or null for the event's payload as it was stored
   * @throws dev.hookferry.signer.SignerException if a signer fails to sign
   */
  public SignedRequest of(Sending sending, @Nullable MappedBody mapped) {
    Endpoint endpoint = sending.endpoint();
    OpenedSecrets keys = opened(endpoint);
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", mapped == null ? JSON : mapped.contentType()));
    if (!keys.hasUserAgent()) {
      headers.add(new Header(HeaderRules.USER_AGENT, userAgent));
    }
    headers.add(new Header(StandardSignature.ID_HEADER, sending.event().id().value()));
    headers.add(
        new Header(
            StandardSignature.TIMESTAMP_HEADER,
            Long.toString(sending.startedAt().getEpochSecond())));
    Payload body = keys.body(sending, mapped);
    new RequestSignatures(sending, keys, body, pairs, headers)
        .write(() -> siteSecret(sending.site()));
    headers.add(new Header("Hookferry-Event-Type", sending.event().type().name()));
    headers.add(new Header("Hookferry-Delivery", sending.delivery().id().toString()));
    headers.add(new Header("Hookferry-Attempt", Integer.toString(sending.number())));
    addTrace(sending, headers);
    if (mapped != null) {
      mapped.headers().forEach((name, value) -> headers.add(new Header(name, value)));
    }
    Header authorization = keys.access().header();
    if (authorization != null) {
      headers.add(authorization);
    }
    headers.addAll(keys.headers());
    Duration timeout = sending.timeout(policy);
    String egress = DeliveryPolicy.egress(sending.site(), endpoint, policy).value().orElse(null);
    boolean strict = endpoint.ownership().isStrict();
    return new SignedRequest(
        sending.target(), headers, body, timeout, keys.access().tls(), egress, strict);
  }

  private void addTrace(Sending sending, List<Header> headers) {
    if (sending.endpoint().settings().request().propagateTrace()) {
      TraceContext trace = tracing.contextOf(sending.event(), sending.id());
      if (trace != null) {
        headers.add(new Header(TraceContext.HEADER, trace.text()));
        if (!trace.state().isEmpty()) {
          headers.add(new Header(TraceContext.STATE_HEADER, trace.state()));
        }
      }
    }
  }

  /** Returns the token slot of an endpoint that needs an access token. */
  TokenSlot tokens(Endpoint endpoint) {
    return Objects.requireNonNull(opened(endpoint).access().tokens(), "tokens");
  }

  /** Drops the opened secrets of changed endpoints. Called by one thread at a time. */
  public void configured(Config next) {
    ConfigDiff changed = next.diff(config);
    config = next;
    changed.endpoints().forEach(opened::remove);
    changed.sites().forEach(siteKeys::remove);
    changed.sites().forEach(pairs::forget);
  }

  /** Returns the outcome without the secrets that the receiver may have echoed. */
  public Outcome cleaned(Sending sending, Outcome outcome) {
    if (outcome.response() == null && outcome.detail().isEmpty()) {
      return outcome;
    }
    String siteKey = siteSecret(sending.site());
    return ResponseRedaction.without(opened(sending.endpoint()).redactor(siteKey), outcome);
  }

  private @Nullable String siteSecret(Site site) {
    Sealed sealed = site.settings().secretKey();
    if (sealed == null) {
      return null;
    }
    SiteKey kept = siteKeys.get(site.id());
    if (kept == null || !kept.sealed().equals(sealed)) {
      kept = new SiteKey(sealed, cipher.open(sealed, SecretContexts.siteKey(site.id())));
      siteKeys.put(site.id(), kept);
    }
    return kept.text();
  }

  /** Caches opened secrets until the endpoint changes, because opening costs more than signing. */
  private OpenedSecrets opened(Endpoint endpoint) {
    OpenedSecrets kept = opened.get(endpoint.id());
    if (kept == null || !kept.endpoint().equals(endpoint)) {
      kept = opener.open(endpoint);
      opened.put(endpoint.id(), kept);
    }
    return kept;
  }

  private record SiteKey(Sealed sealed, String text) {
    @Override
    public String toString() {
      return sealed.toString();
    }
  }
}
