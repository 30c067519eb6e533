package dev.hookferry.contract.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates for good.example.com and 127.0.0.1, each signed by an authority of its own. */
public enum Certificate {
  /** In order. */
  GOOD(Duration.ofDays(2)),
  /** In order, too. */
  OTHER(Duration.ofDays(1)),
  /** Out of date. */
  EXPIRED(Duration.ofDays(-1));

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final X509Certificate authority;

  Certificate(Duration validFor) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair root = generator.generateKeyPair();
      KeyPair leaf = generator.generateKeyPair();
      Instant now = Instant.now();
      authority =
          certificate(
              "authority", root, now.plus(Duration.ofDays(2)), Der.authority(), root.getPrivate());
      certificate =
          certificate(
              "good.example.com",
              leaf,
              now.plus(validFor),
              Der.names(names(), new byte[] {127, 0, 0, 1}),
              root.getPrivate());
      key = leaf.getPrivate();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A wildcard below a top-level domain is there to be refused. */
  private static List<String> names() {
    return List.of("good.example.com", "good_app.example.com", "*.apps.example.com", "*.com");
  }

  private static X509Certificate certificate(
      String name, KeyPair keys, Instant until, byte[] extension, PrivateKey signer)
      throws GeneralSecurityException {
    byte[] content =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(2)),
            Der.integer(System.nanoTime() & 0x7fffffff),
            Der.ECDSA_WITH_SHA256,
            Der.name("authority"),
            Der.sequence(Der.time(until.minus(Duration.ofDays(20))), Der.time(until)),
            Der.name(name),
            keys.getPublic().getEncoded(),
            Der.tagged(0xa3, Der.sequence(extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer);
    signature.update(content);
    byte[] whole = Der.sequence(content, Der.ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  /**
   * A certificate with its key, both in PEM.
   *
   * @param certificate for a client
   * @param key its key
   */
  public record Pem(String certificate, String key) {}

  /** Returns the certificate of a client that expires then, issued by itself. */
  public static Pem until(Instant expiry) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      X509Certificate made =
          certificate("client", pair, expiry, Der.authority(), pair.getPrivate());
      return new Pem(
          pem("CERTIFICATE", encoded(made)), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** For a receiver that presents this certificate. */
  public SSLContext context() {
    return context(null);
  }

  /** For a receiver that presents this certificate and knows clients of another authority. */
  public SSLContext context(@Nullable Certificate clients) {
    try {
      char[] password = "changeit".toCharArray();
      KeyStore keys = empty();
      keys.setKeyEntry("key", key, password, new X509Certificate[] {certificate});
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          managers.getKeyManagers(), clients == null ? null : clients.trustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the issuer, for trust stores. */
  public X509Certificate authority() {
    return authority;
  }

  /** For a transport that trusts the authority of this certificate alone. */
  public SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("authority", authority);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    return managers.getTrustManagers();
  }

  /** The certificate as PEM. */
  public String pem() {
    return pem("CERTIFICATE", encoded(certificate));
  }

  /** The certificate's authority as PEM. */
  public String authorityPem() {
    return pem("CERTIFICATE", encoded(authority));
  }

  /** The private key as PEM, PKCS #8. */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** Until when it is valid. */
  public Instant expires() {
    return certificate.getNotAfter().toInstant();
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String label, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
