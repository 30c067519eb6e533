package dev.hookferry.engine.send;

import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.auth.TlsIdentity;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signing.SigningKey;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.transport.SignedRequest.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the secrets of endpoints. Thread-safe. */
final class SecretOpener {
  private final SecretCipher cipher;
  private final String userAgent;

  /**
   * Creates an opener.
   *
   * @param userAgent the user agent of requests for access tokens
   */
  SecretOpener(SecretCipher cipher, String userAgent) {
    this.cipher = cipher;
    this.userAgent = userAgent;
  }

  OpenedSecrets open(Endpoint endpoint) {
    SiteId site = endpoint.site();
    EndpointId id = endpoint.id();
    Sealed sealed = endpoint.signing().qlmSecret();
    String qlm = sealed == null ? null : cipher.open(sealed, SecretContexts.qlm(site, id));
    List<String> secrets = new ArrayList<>();
    if (qlm != null) {
      secrets.add(qlm);
    }
    List<OpenedSecrets.Key> keys = new ArrayList<>();
    for (EndpointSecret secret : endpoint.signing().secrets()) {
      String context = SecretContexts.secret(site, id, secret.publicKey());
      String text = cipher.open(secret.secret(), context);
      keys.add(new OpenedSecrets.Key(secret, new SigningKey(SigningSecret.of(text))));
      secrets.add(text);
    }
    List<Header> headers = new ArrayList<>();
    for (CustomHeader header : endpoint.headers()) {
      String value = cipher.open(header.value(), SecretContexts.header(site, id, header.name()));
      headers.add(new Header(header.name(), value));
      if (header.isSecret()) {
        secrets.add(value);
      }
    }
    OpenedSecrets.Access access = access(endpoint, secrets);
    return new OpenedSecrets(endpoint, qlm, keys, headers, access, secrets);
  }

  private OpenedSecrets.Access access(Endpoint endpoint, List<String> secrets) {
    EndpointAuth auth = endpoint.auth();
    TlsIdentity tls = endpoint.tls().isDefault() ? null : identity(endpoint, secrets);
    if (auth == null) {
      return tls == null ? OpenedSecrets.Access.NONE : new OpenedSecrets.Access(null, null, tls);
    }
    String secret =
        cipher.open(
            auth.secret(), SecretContexts.auth(endpoint.site(), endpoint.id(), auth.kind()));
    secrets.add(secret);
    return auth.fold(new AccessOpener(secret, secrets, userAgent, tls));
  }

  /**
   * Builds the header of an endpoint's requests, or the source of its tokens.
   *
   * @param secrets receives the other strings that would reveal the secret
   */
  private record AccessOpener(
      String secret, List<String> secrets, String userAgent, @Nullable TlsIdentity tls)
      implements EndpointAuth.Fold<OpenedSecrets.Access> {
    @Override
    public OpenedSecrets.Access basic(EndpointAuth.Basic auth) {
      byte[] pair = (auth.username() + ":" + secret).getBytes(StandardCharsets.UTF_8);
      String encoded = Base64.getEncoder().encodeToString(pair);
      secrets.add(encoded);
      return header("Basic " + encoded);
    }

    @Override
    public OpenedSecrets.Access bearer(EndpointAuth.Bearer auth) {
      return header("Bearer " + secret);
    }

    @Override
    public OpenedSecrets.Access oauth2(EndpointAuth.OAuth2 auth) {
      secrets.addAll(TokenRequest.secrets(auth, secret));
      TokenRequest request = new TokenRequest(auth, secret, userAgent);
      return new OpenedSecrets.Access(null, new TokenSlot(request), tls);
    }

    private OpenedSecrets.Access header(String text) {
      return new OpenedSecrets.Access(new Header(EndpointAuth.HEADER, text), null, tls);
    }

    @Override
    public String toString() {
      return "opener of an access";
    }
  }

  private TlsIdentity identity(Endpoint endpoint, List<String> secrets) {
    ClientCertificate certificate = endpoint.tls().clientCertificate();
    if (certificate == null) {
      return endpoint.tls().identity(null);
    }
    String context = SecretContexts.clientKey(endpoint.site(), endpoint.id());
    String key = cipher.open(certificate.privateKey(), context);
    secrets.add(key);
    return endpoint.tls().identity(key);
  }
}
