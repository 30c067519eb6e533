package dev.hookferry.engine.send;

import dev.hookferry.auth.TlsIdentity;
import dev.hookferry.body.MappedBody;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.event.Payload;
import dev.hookferry.secret.Redactor;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureForm;
import dev.hookferry.signing.SigningKey;
import dev.hookferry.transport.SignedRequest.Header;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opened secrets of an endpoint, and the redactor that keeps them out of the log. Thread-safe. */
final class OpenedSecrets {
  private final Endpoint endpoint;
  private final @Nullable String qlm;
  private final List<Key> keys;
  private final List<Header> headers;
  private final List<String> secrets;
  private final List<Form> forms;
  private final Map<String, String> headersByName;
  private final boolean hasUserAgent;
  private final Access access;
  private volatile @Nullable Cleaning cleaning;

  /**
   * Creates the opened secrets.
   *
   * @param secrets all strings that must be redacted
   */
  OpenedSecrets(
      Endpoint endpoint,
      @Nullable String qlm,
      List<Key> keys,
      List<Header> headers,
      Access access,
      List<String> secrets) {
    this.access = access;
    this.endpoint = endpoint;
    this.qlm = qlm;
    this.keys = List.copyOf(keys);
    this.headers = List.copyOf(headers);
    this.secrets = List.copyOf(secrets);
    Map<String, String> byName = new LinkedHashMap<>();
    headers.forEach(header -> byName.put(header.name(), header.value()));
    headersByName = Collections.unmodifiableMap(byName);
    hasUserAgent = byName.keySet().stream().anyMatch(HeaderRules.USER_AGENT::equalsIgnoreCase);
    forms =
        endpoint.signing().signatures().stream()
            .map(signature -> new Form(signature, SignatureForm.of(signature)))
            .toList();
  }

  /** Returns the custom headers by name, for signatures that cover them. */
  Map<String, String> headersByName() {
    return headersByName;
  }

  /**
   * Credentials of requests.
   *
   * @param header the authorization header of all requests, or null
   * @param tokens the access token to fetch, or null
   * @param tls the certificates that connections present and trust, or null for the defaults
   */
  record Access(@Nullable Header header, @Nullable TokenSlot tokens, @Nullable TlsIdentity tls) {
    static final Access NONE = new Access(null, null, null);
  }

  Access access() {
    return access;
  }

  /** A secret in stored and in opened form. */
  record Key(EndpointSecret stored, SigningKey key) {}

  /** A signature with its form. */
  record Form(Signature signature, SignatureForm form) {}

  private record Cleaning(@Nullable String siteKey, Redactor redactor) {
    @Override
    public String toString() {
      return "Cleaning";
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  @Nullable String qlm() {
    return qlm;
  }

  List<Form> forms() {
    return forms;
  }

  /** Returns the body to send; an active signature profile may change the form of JSON. */
  Payload body(Sending sending, @Nullable MappedBody mapped) {
    Payload body = mapped == null ? sending.event().payload() : mapped.body();
    if (mapped != null && !mapped.isJson()) {
      return body;
    }
    for (Form form : forms) {
      if (form.signature().isActive(sending.startedAt())) {
        body = form.form().body(body);
      }
    }
    return body;
  }

  /** Returns whether a custom header replaces the default user agent. */
  boolean hasUserAgent() {
    return hasUserAgent;
  }

  List<Header> headers() {
    return headers;
  }

  List<SigningKey> activeAt(Sending sending) {
    List<SigningKey> active = new ArrayList<>(keys.size());
    for (Key key : keys) {
      if (key.stored().isActive(sending.startedAt())) {
        active.add(key.key());
      }
    }
    return active;
  }

  /** Returns the redactor for these secrets and the site's key; created on first use. */
  Redactor redactor(@Nullable String siteKey) {
    Cleaning current = cleaning;
    if (current == null || !Objects.equals(current.siteKey(), siteKey)) {
      List<String> all = new ArrayList<>(secrets);
      if (siteKey != null) {
        all.add(siteKey);
      }
      current = new Cleaning(siteKey, Redactor.of(all));
      cleaning = current;
    }
    return current.redactor();
  }
}
