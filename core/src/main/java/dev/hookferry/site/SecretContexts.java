package dev.hookferry.site;

import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.auth.EndpointTls;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.RequestSettings;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Ed25519PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Enumerates secrets and the contexts to which they are bound: site, endpoint and purpose. A sealed
 * text that is moved to a different context cannot be opened.
 */
public final class SecretContexts {
  private SecretContexts() {}

  /**
   * A secret and its context.
   *
   * @param sealed the stored form
   * @param context the context to which it is bound
   */
  public record BoundSecret(Sealed sealed, String context) {
    public BoundSecret {
      Objects.requireNonNull(sealed, "sealed");
      Objects.requireNonNull(context, "context");
    }
  }

  /** Transformation of sealed texts. */
  @FunctionalInterface
  public interface Change {
    /** Returns the replacement for a sealed text. */
    Sealed of(Sealed sealed, String context);
  }

  /** Returns the context of a site's {@code webHookSecretKey}. */
  public static String siteKey(SiteId site) {
    Objects.requireNonNull(site, "site");
    return "site/" + site + "/webHookSecretKey";
  }

  /** Returns the context of the key with which a site hashes subjects. */
  public static String subjectKey(SiteId site) {
    Objects.requireNonNull(site, "site");
    return "site/" + site + "/subjectKey";
  }

  /** Returns the context of a site's Ed25519 key. */
  public static String signingKey(SiteId site, String publicKey) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(publicKey, "publicKey");
    return "site/" + site + "/signingKey/" + publicKey;
  }

  /** Returns the context of an endpoint's own QLM key. */
  public static String qlm(SiteId site, EndpointId endpoint) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    return of(site, endpoint) + "/qlm";
  }

  /**
   * Returns the context of an endpoint's secret.
   *
   * @param publicKey the public key of a key pair, to which the secret is bound; null for other
   *     secrets
   */
  public static String secret(
      SiteId site, EndpointId endpoint, @Nullable Ed25519PublicKey publicKey) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    String key = publicKey == null ? "/standard" : "/signingKey/" + publicKey.text();
    return of(site, endpoint) + key;
  }

  /** Returns the context of an endpoint's custom header. */
  public static String header(SiteId site, EndpointId endpoint, String name) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(name, "name");
    return of(site, endpoint) + "/header/" + name;
  }

  /**
   * Returns the context of an endpoint's authentication secret.
   *
   * @param kind the kind of authentication: basic, bearer or oauth2
   */
  public static String auth(SiteId site, EndpointId endpoint, String kind) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(kind, "kind");
    return of(site, endpoint) + "/auth/" + kind;
  }

  /** Returns the context of the private key of an endpoint's client certificate. */
  public static String clientKey(SiteId site, EndpointId endpoint) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    return of(site, endpoint) + "/clientKey";
  }

  private static String of(SiteId site, EndpointId endpoint) {
    return "site/" + site + "/endpoint/" + endpoint;
  }

  /** Returns the secrets of a site, excluding those of its endpoints. */
  public static Stream<BoundSecret> in(Site site) {
    Objects.requireNonNull(site, "site");
    SiteSettings settings = site.settings();
    Stream<BoundSecret> signing =
        settings.signingKeys().all().stream()
            .map(key -> new BoundSecret(key.privateKey(), signingKey(site.id(), key.publicKey())));
    return Stream.of(
            Stream.ofNullable(settings.secretKey())
                .map(key -> new BoundSecret(key, siteKey(site.id()))),
            Stream.ofNullable(settings.subjectKey())
                .map(key -> new BoundSecret(key, subjectKey(site.id()))),
            signing)
        .flatMap(placed -> placed);
  }

  /** Returns all secrets of an endpoint. */
  public static Stream<BoundSecret> in(Endpoint endpoint) {
    Objects.requireNonNull(endpoint, "endpoint");
    SiteId site = endpoint.site();
    EndpointId id = endpoint.id();
    EndpointSigning signing = endpoint.signing();
    Stream<BoundSecret> keys =
        Stream.concat(
            Stream.ofNullable(signing.qlmSecret()).map(s -> new BoundSecret(s, qlm(site, id))),
            signing.secrets().stream()
                .map(s -> new BoundSecret(s.secret(), secret(site, id, s.publicKey()))));
    Stream<BoundSecret> headers =
        endpoint.headers().stream()
            .map(header -> new BoundSecret(header.value(), header(site, id, header.name())));
    Stream<BoundSecret> auth =
        Stream.ofNullable(endpoint.auth())
            .map(own -> new BoundSecret(own.secret(), auth(site, id, own.kind())));
    Stream<BoundSecret> tls =
        Stream.ofNullable(endpoint.tls().clientCertificate())
            .map(own -> new BoundSecret(own.privateKey(), clientKey(site, id)));
    return Stream.of(keys, headers, auth, tls).flatMap(placed -> placed);
  }

  /** Returns a copy of the site with every secret transformed. */
  public static Site change(Site site, Change change) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(change, "change");
    SiteSettings settings = site.settings();
    return site.with(
        settings
            .withSecretKey(change(settings.secretKey(), siteKey(site.id()), change))
            .withSubjectKey(change(settings.subjectKey(), subjectKey(site.id()), change))
            .withSigningKeys(
                settings
                    .signingKeys()
                    .map(
                        key ->
                            key.with(
                                change.of(
                                    key.privateKey(), signingKey(site.id(), key.publicKey()))))));
  }

  /** Returns a copy of the endpoint with every secret transformed. */
  public static Endpoint change(Endpoint endpoint, Change change) {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(change, "change");
    SiteId site = endpoint.site();
    EndpointId id = endpoint.id();
    EndpointSigning signing = endpoint.signing();
    List<EndpointSecret> secrets =
        signing.secrets().stream()
            .map(s -> s.with(change.of(s.secret(), secret(site, id, s.publicKey()))))
            .toList();
    List<CustomHeader> headers =
        endpoint.headers().stream()
            .map(header -> header.with(change.of(header.value(), header(site, id, header.name()))))
            .toList();
    Sealed qlm = change(signing.qlmSecret(), qlm(site, id), change);
    EndpointSigning changed = signing.with(qlm, secrets);
    EndpointAuth own = endpoint.auth();
    EndpointAuth auth =
        own == null ? null : own.with(change.of(own.secret(), auth(site, id, own.kind())));
    ClientCertificate certificate = endpoint.tls().clientCertificate();
    EndpointTls tls =
        endpoint
            .tls()
            .withClientCertificate(
                certificate == null
                    ? null
                    : certificate.with(change.of(certificate.privateKey(), clientKey(site, id))));
    RequestSettings request =
        endpoint.settings().request().withHeaders(headers).withAuth(auth).withTls(tls);
    return endpoint.with(settings -> settings.request(request).signing(changed));
  }

  private static @Nullable Sealed change(@Nullable Sealed sealed, String context, Change change) {
    return sealed == null ? null : change.of(sealed, context);
  }
}
