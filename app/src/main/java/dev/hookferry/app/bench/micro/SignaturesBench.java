package dev.hookferry.app.bench.micro;

import dev.hookferry.event.Payload;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Ed25519Signer;
import dev.hookferry.signing.HttpMessageSignature;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureForm;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SignedMessage;
import dev.hookferry.signing.SigningKey;
import dev.hookferry.signing.SigningSecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Measures the cost of a request's signature, for each profile, with one secret. */
public final class SignaturesBench {
  private static final Instant TIME = Instant.parse("2026-04-29T16:39:49Z");
  private static final String ID = "evt_01m893e4wge00bcnzd2s4v1pj9";
  private static final String URL = "https://crm.example/hook";

  private final SecureRandom random = new SecureRandom();
  private final SigningSecret secret = SigningSecret.generate(random);
  private final List<SigningKey> keys = List.of(new SigningKey(secret));
  private final Ed25519Key pair = Ed25519Key.generate(random);
  private final List<Ed25519Signer> signers = List.of(Ed25519Signer.of(pair));

  private SignaturesBench() {}

  /** Returns the bench without running it. */
  public static StepCosts costs() {
    SignaturesBench bench = new SignaturesBench();
    StepCosts costs = new StepCosts("Signature");
    for (SignatureProfile profile : SignatureProfile.values()) {
      Signature signature =
          profile == SignatureProfile.CUSTOM
              ? Signature.parse("custom header=X-Signature content=timestamp.body")
              : Signature.of(profile);
      costs.step(profile.code(), bench.step(signature));
    }
    Signature asymmetric =
        Signature.of(SignatureProfile.HTTP_MESSAGE_SIGNATURES).with("algorithm", "ed25519");
    return costs.step("http-message-signatures, ed25519", bench.step(asymmetric));
  }

  private Function<Payload, Supplier<?>> step(Signature signature) {
    return switch (signature.profile()) {
      case QLM -> body -> () -> QlmSignature.of(body, secret.reveal());
      case ED25519 -> body -> () -> pair.sign(ID + '.' + TIME.getEpochSecond() + '.', body);
      case HTTP_MESSAGE_SIGNATURES -> body -> () -> message(signature, body);
      default -> formed(signature);
    };
  }

  private Function<Payload, Supplier<?>> formed(Signature signature) {
    SignatureForm form = SignatureForm.of(signature);
    SignedMessage.Names names = new SignedMessage.Names(ID, "license_created", "dlv_1", 1);
    return body ->
        () -> {
          Map<String, String> headers = new LinkedHashMap<>();
          SignedMessage message = SignedMessage.of(names, TIME, form.body(body), Map.of());
          form.sign(message, keys, headers::put);
          return headers;
        };
  }

  private Map<String, String> message(Signature signature, Payload body) {
    Map<String, String> headers = new LinkedHashMap<>();
    HttpMessageSignature.Request request = new HttpMessageSignature.Request(URL, ID, body, TIME);
    if (signature.isEd25519()) {
      HttpMessageSignature.signByEd25519(signature, request, signers, headers::put);
    } else {
      HttpMessageSignature.sign(signature, request, keys, headers::put);
    }
    return headers;
  }
}
