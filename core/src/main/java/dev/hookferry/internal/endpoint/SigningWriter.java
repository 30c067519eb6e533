package dev.hookferry.internal.endpoint;

import dev.hookferry.body.BodySettings;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.RequestSettings;
import dev.hookferry.event.TraceContext;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureHeaders;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SecretContexts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Validates and applies changes to the signing of an endpoint. */
public final class SigningWriter {

  private final SecretCipher cipher;
  private final SiteId site;
  private final EndpointId endpoint;
  private final Instant now;

  public SigningWriter(SecretCipher cipher, SiteId site, EndpointId endpoint, Instant now) {
    this.cipher = cipher;
    this.site = site;
    this.endpoint = endpoint;
    this.now = now;
  }

  /**
   * Returns the signing after a change. If there are problems, the result may be null and must not
   * be used.
   */
  public @Nullable EndpointSigning write(
      EndpointSigning before, FieldValues given, Problems problems) {
    List<Signature> requested = given.get(EndpointFields.SIGNATURES);
    List<Signature> signatures = before.signatures();
    if (requested != null) {
      signatures = requested.isEmpty() ? Signature.DEFAULT : requested;
      checkEnds(before.signatures(), signatures, problems);
    }
    List<Signature> chosen = signatures;
    var unused = problems.collect("", () -> requireFit(chosen, before.secrets()));
    Sealed qlm = qlmSecret(before, given, problems);
    return problems.collect("", () -> new EndpointSigning(chosen, qlm, before.secrets()));
  }

  /**
   * Checks that the headers of the signatures conflict neither with each other nor with other
   * settings; no effect if {@code signing} or {@code request} is null. Endpoints created before
   * this check existed are exempt as long as their signatures and request settings do not change.
   *
   * @param current the endpoint before the change, or null if it is new
   */
  public static void checkHeaders(
      @Nullable EndpointSigning signing,
      @Nullable RequestSettings request,
      @Nullable Endpoint current,
      Problems problems) {
    if (signing == null
        || request == null
        || (current != null
            && signing.signatures().equals(current.signing().signatures())
            && request.equals(current.settings().request()))) {
      return;
    }
    SignatureHeaders.check(problems, signing.signatures(), name -> sender(request, name));
  }

  /**
   * Returns the setting, other than a signature, that sends the named header; null if none does.
   */
  private static @Nullable String sender(RequestSettings request, String name) {
    BodySettings body = request.body().settings();
    if (body != null && body.sendsHeader(name)) {
      return "CloudEvents in binary mode";
    }
    boolean isTrace =
        name.equalsIgnoreCase(TraceContext.HEADER)
            || name.equalsIgnoreCase(TraceContext.STATE_HEADER);
    return request.propagateTrace() && isTrace ? EndpointFields.PROPAGATE_TRACE.name() : null;
  }

  /**
   * Checks how long an old secret may still sign alongside a new one.
   *
   * @throws InvalidException if it is negative or longer than 30 days
   */
  public static void requireOverlap(Duration overlap) {
    Objects.requireNonNull(overlap, "overlap");
    if (overlap.isNegative() || overlap.compareTo(EndpointSigning.MAX_OVERLAP) > 0) {
      throw InvalidException.of("overlapSeconds", "must be from 0 to 2592000");
    }
  }

  /** Returns a secret encrypted for the store. */
  public EndpointSecret sealed(SigningSecret secret) {
    Ed25519PublicKey publicKey = secret.publicKey();
    String context = SecretContexts.secret(site, endpoint, publicKey);
    return new EndpointSecret(cipher.seal(secret.reveal(), context), null, publicKey, now);
  }

  /**
   * Returns the endpoint with a new secret; unchanged if it equals the current one.
   *
   * @param overlap how long the old secret still signs
   * @throws InvalidException if the secret does not fit the signatures
   */
  public Endpoint rotated(Endpoint before, SigningSecret secret, Duration overlap) {
    EndpointSigning signing = before.signing();
    signing.signatures().forEach(signature -> signature.requireFit(secret));
    byte[] wanted = secret.reveal().getBytes(StandardCharsets.UTF_8);
    if (!signing.secrets().isEmpty()) {
      byte[] current = opened(signing.secrets().get(0)).reveal().getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(current, wanted)) {
        return before;
      }
    }
    EndpointSigning rotated = signing.rotated(sealed(secret), now, now.plus(overlap));
    return before.with(settings -> settings.signing(rotated));
  }

  private SigningSecret opened(EndpointSecret secret) {
    String context = SecretContexts.secret(site, endpoint, secret.publicKey());
    return SigningSecret.of(cipher.open(secret.secret(), context));
  }

  private void checkEnds(List<Signature> before, List<Signature> requested, Problems problems) {
    for (int i = 0; i < requested.size(); i++) {
      Signature signature = requested.get(i);
      problems.require(
          signature.isActive(now) || before.contains(signature),
          "signatures[" + i + "].until",
          "must be in the future; remove the signature if you no longer want it");
    }
  }

  /** Returns the signatures if every active secret fits them. */
  private List<Signature> requireFit(List<Signature> signatures, List<EndpointSecret> secrets) {
    for (EndpointSecret secret : secrets) {
      if (secret.isActive(now)) {
        SigningSecret opened = opened(secret);
        signatures.forEach(signature -> signature.requireFit(opened));
      }
    }
    return signatures;
  }

  private @Nullable Sealed qlmSecret(EndpointSigning before, FieldValues given, Problems problems) {
    String key = given.get(EndpointFields.QLM_SECRET);
    if (key == null) {
      return given.isReset(EndpointFields.QLM_SECRET) ? null : before.qlmSecret();
    }
    problems.require(
        !key.isEmpty() && key.length() <= EndpointFields.MAX_QLM_SECRET,
        "qlmSecret",
        "must have 1 to 256 characters");
    return UnchangedSecret.seal(
        cipher, key, SecretContexts.qlm(site, endpoint), before.qlmSecret());
  }
}
