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
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
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
    Opened keys = opened(sending);
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

  /** What the answer to this request must not show. */
  Echo echo(Sending sending) {
    return opened(sending).echo();
  }

  /** Forgets opened secrets, after the configuration was changed. */
  void forget() {
    opened.clear();
  }

  private void sign(Sending sending, Opened keys, List<Header> headers) {
    Endpoint endpoint = sending.endpoint();
    String secret = keys.qlm();
    if (endpoint.signing().schemes().contains(SignatureScheme.QLM) && secret != null) {
      headers.add(
          new Header(QlmSignature.HEADER, QlmSignature.of(sending.event().payload(), secret)));
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

  /** Opening costs more than signing, so what was opened is kept while it is the same. */
  private Opened opened(Sending sending) {
    Endpoint endpoint = sending.endpoint();
    Sealed siteKey = sending.site().settings().secretKey();
    Opened kept = opened.get(endpoint.id());
    if (kept == null
        || !kept.endpoint().equals(endpoint)
        || !Objects.equals(kept.siteKey(), siteKey)) {
      kept = open(endpoint, sending.site());
      opened.put(endpoint.id(), kept);
    }
    return kept;
  }

  private Opened open(Endpoint endpoint, Site site) {
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
    String qlm = qlmKey(endpoint, site);
    Echo echo =
        Echo.of(
            headers.stream().map(Header::value).toList(),
            Stream.concat(Stream.ofNullable(qlm), keys.stream().map(key -> key.secret().reveal()))
                .toList());
    return new Opened(endpoint, site.settings().secretKey(), qlm, keys, headers, echo);
  }

  /** The endpoint's own key, or else the site's; null if there is none. */
  private @Nullable String qlmKey(Endpoint endpoint, Site site) {
    Sealed own = endpoint.signing().qlmSecret();
    if (own != null) {
      return cipher.open(own, Secrets.qlm(endpoint.id()));
    }
    Sealed shared = site.settings().secretKey();
    return shared == null ? null : cipher.open(shared, Secrets.siteKey(site.id()));
  }

  private record Key(EndpointSecret kept, StandardSecret secret) {}

  private record Opened(
      Endpoint endpoint,
      @Nullable Sealed siteKey,
      @Nullable String qlm,
      List<Key> keys,
      List<Header> headers,
      Echo echo) {
    List<StandardSecret> activeAt(Sending sending) {
      return keys.stream()
          .filter(key -> key.kept().isActive(sending.startedAt()))
          .map(Key::secret)
          .toList();
    }
  }
}
