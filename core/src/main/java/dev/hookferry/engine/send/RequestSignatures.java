package dev.hookferry.engine.send;

import dev.hookferry.engine.effect.Sending;
import dev.hookferry.event.Payload;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Ed25519Signer;
import dev.hookferry.signing.HttpMessageSignature;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignedMessage;
import dev.hookferry.signing.SigningKey;
import dev.hookferry.signing.StandardSignature;
import dev.hookferry.transport.SignedRequest.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writer of the signatures of one request. Not thread-safe. */
final class RequestSignatures {
  private static final String CONTENT_TYPE = "Content-Type";

  private final Sending sending;
  private final OpenedSecrets secrets;
  private final Payload body;
  private final SiteKeyPairs pairs;
  private final List<Header> headers;
  private final List<SigningKey> active;
  private @Nullable SignedMessage message;

  /**
   * Prepares the signatures.
   *
   * @param pairs the keys of sites
   * @param headers the headers of the request so far, with its {@code Content-Type}; the signatures
   *     are added to them
   */
  RequestSignatures(
      Sending sending,
      OpenedSecrets secrets,
      Payload body,
      SiteKeyPairs pairs,
      List<Header> headers) {
    this.sending = sending;
    this.secrets = secrets;
    this.body = body;
    this.pairs = pairs;
    this.headers = headers;
    active = secrets.activeAt(sending);
  }

  /**
   * Writes all signatures that are active.
   *
   * @param siteSecret returns the site's QLM key, or null if it has none
   */
  void write(Supplier<@Nullable String> siteSecret) {
    for (OpenedSecrets.Form form : secrets.forms()) {
      Signature signature = form.signature();
      if (!signature.isActive(sending.startedAt())) {
        continue;
      }
      switch (signature.profile()) {
        case QLM -> writeQlm(secrets.qlm() == null ? siteSecret.get() : secrets.qlm());
        case ED25519 -> writeEd25519();
        case HTTP_MESSAGE_SIGNATURES -> writeMessageSignature(signature);
        default -> {
          if (!active.isEmpty()) {
            form.form().sign(message(), active, this::add);
          }
        }
      }
    }
  }

  private void writeQlm(@Nullable String secret) {
    if (secret != null) {
      headers.add(new Header(QlmSignature.HEADER, QlmSignature.of(body, secret)));
    }
  }

  private void writeEd25519() {
    String before = sending.event().id().value() + '.' + sending.startedAt().getEpochSecond() + '.';
    byte[] signed = Ed25519Key.message(before, body);
    for (Ed25519Signer signer : signers()) {
      add(StandardSignature.HEADER, Ed25519Key.versioned(signer.sign().apply(signed)));
    }
  }

  private void writeMessageSignature(Signature signature) {
    HttpMessageSignature.Request request =
        new HttpMessageSignature.Request(
            sending.target().requestUri(), sending.event().id().value(), body, sending.startedAt());
    if (!signature.isEd25519()) {
      if (!active.isEmpty()) {
        HttpMessageSignature.sign(signature, request, active, this::add);
      }
      return;
    }
    List<Ed25519Signer> signers = signers();
    if (!signers.isEmpty()) {
      HttpMessageSignature.signByEd25519(signature, request, signers, this::add);
    }
  }

  /**
   * Returns the Ed25519 keys that sign: the endpoint's key pairs, newest first, then the site's key
   * if an active secret is not a key pair or no secret is active. So a receiver can move from one
   * to the other during an overlap.
   */
  private List<Ed25519Signer> signers() {
    List<Ed25519Signer> signers = new ArrayList<>();
    boolean isWithSite = active.isEmpty();
    for (SigningKey key : active) {
      Ed25519Signer own = key.signer();
      isWithSite |= own == null;
      if (own != null) {
        signers.add(own);
      }
    }
    Ed25519Signer site = isWithSite ? pairs.of(sending) : null;
    if (site != null) {
      signers.add(site);
    }
    return signers;
  }

  /**
   * Adds a header unless it is already present: two profiles may send the same id or time under the
   * same name. Joins the signatures of Standard Webhooks.
   */
  private void add(String name, String value) {
    for (int i = 0; i < headers.size(); i++) {
      Header there = headers.get(i);
      if (there.name().equalsIgnoreCase(name)) {
        if (name.equalsIgnoreCase(StandardSignature.HEADER)) {
          headers.set(i, new Header(there.name(), joined(there.value(), value)));
        }
        return;
      }
    }
    headers.add(new Header(name, value));
  }

  /**
   * Joins signatures, each once: a key pair signs for both {@code standard} and {@code ed25519}.
   */
  private static String joined(String signatures, String more) {
    List<String> all = new ArrayList<>(List.of(signatures.split(" ", -1)));
    for (String one : more.split(" ", -1)) {
      if (!all.contains(one)) {
        all.add(one);
      }
    }
    return String.join(" ", all);
  }

  private SignedMessage message() {
    SignedMessage created = message;
    if (created == null) {
      SignedMessage.Names names =
          new SignedMessage.Names(
              sending.event().id().value(),
              sending.event().type().name(),
              sending.delivery().id().toString(),
              sending.number());
      Map<String, String> signed = new HashMap<>(secrets.headersByName());
      for (Header header : headers) {
        if (header.name().equals(CONTENT_TYPE)) {
          signed.put(CONTENT_TYPE, header.value());
        }
      }
      created = SignedMessage.of(names, sending.startedAt(), body, signed);
      message = created;
    }
    return created;
  }
}
