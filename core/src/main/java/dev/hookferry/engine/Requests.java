package dev.hookferry.engine;

import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.Secrets;
import dev.hookferry.endpoint.Site;
import dev.hookferry.port.SecretCipher;
import dev.hookferry.port.SignedRequest;
import dev.hookferry.port.SignedRequest.Header;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.Sealed;
import dev.hookferry.signing.SignatureScheme;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes and signs the request of an attempt. Thread-safe. */
final class Requests {
  private final SecretCipher cipher;
  private final String userAgent;
  private final Duration deadline;
  private final Map<EndpointId, Opened> opened = new ConcurrentHashMap<>();

  Requests(SecretCipher cipher, String userAgent, Duration deadline) {
    this.cipher = cipher;
    this.userAgent = userAgent;
    this.deadline = deadline;
  }

  SignedRequest of(Sending sending) {
    Endpoint endpoint = sending.endpoint();
    Opened keys = opened(endpoint);
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/json"));
    headers.add(new Header("User-Agent", userAgent));
    headers.add(new Header(StandardSignature.ID_HEADER, sending.event().id().value()));
    headers.add(
        new Header(
            StandardSignature.TIMESTAMP_HEADER,
            Long.toString(sending.startedAt().getEpochSecond())));
    sign(sending, keys, headers);
    headers.add(new Header("Hookferry-Event-Type", sending.event().type().name()));
    headers.add(new Header("Hookferry-Delivery", sending.delivery().id().toString()));
    headers.add(new Header("Hookferry-Attempt", Integer.toString(sending.number())));
    headers.addAll(keys.headers());
    return new SignedRequest(endpoint.url(), headers, sending.event().payload(), deadline);
  }

  /** Forgets opened secrets, after the configuration was changed. */
  void forget() {
    opened.clear();
  }

  private void sign(Sending sending, Opened keys, List<Header> headers) {
    Endpoint endpoint = sending.endpoint();
    if (endpoint.signing().schemes().contains(SignatureScheme.QLM)) {
      String secret = keys.qlm() == null ? siteSecret(sending.site()) : keys.qlm();
      if (secret != null) {
        headers.add(
            new Header(QlmSignature.HEADER, QlmSignature.of(sending.event().payload(), secret)));
      }
    }
    List<StandardSecret> active = keys.activeAt(sending);
    if (endpoint.signing().schemes().contains(SignatureScheme.STANDARD) && !active.isEmpty()) {
      headers.add(
          new Header(
              StandardSignature.HEADER,
              StandardSignature.of(
                  sending.event().id(), sending.startedAt(), sending.event().payload(), active)));
    }
  }

  private @Nullable String siteSecret(Site site) {
    Sealed sealed = site.settings().secretKey();
    return sealed == null ? null : cipher.open(sealed, Secrets.siteKey(site.id()));
  }

  /** Opening costs more than signing, so what was opened is kept while the endpoint is the same. */
  private Opened opened(Endpoint endpoint) {
    Opened kept = opened.get(endpoint.id());
    if (kept == null || !kept.endpoint().equals(endpoint)) {
      kept = open(endpoint);
      opened.put(endpoint.id(), kept);
    }
    return kept;
  }

  private Opened open(Endpoint endpoint) {
    Sealed qlm = endpoint.signing().qlmSecret();
    List<Key> keys = new ArrayList<>();
    for (EndpointSecret secret : endpoint.signing().secrets()) {
      String text = cipher.open(secret.secret(), Secrets.standard(endpoint.id()));
      keys.add(new Key(secret, StandardSecret.parse(text)));
    }
    List<Header> headers = new ArrayList<>();
    for (CustomHeader header : endpoint.headers()) {
      String value = cipher.open(header.value(), Secrets.header(endpoint.id(), header.name()));
      headers.add(new Header(header.name(), value));
    }
    return new Opened(
        endpoint, qlm == null ? null : cipher.open(qlm, Secrets.qlm(endpoint.id())), keys, headers);
  }

  private record Key(EndpointSecret kept, StandardSecret secret) {}

  private record Opened(
      Endpoint endpoint, @Nullable String qlm, List<Key> keys, List<Header> headers) {
    List<StandardSecret> activeAt(Sending sending) {
      return keys.stream()
          .filter(key -> key.kept().isActive(sending.startedAt()))
          .map(Key::secret)
          .toList();
    }
  }
}
