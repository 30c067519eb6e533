package dev.hookferry.http.socket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate chain and its private key.
 *
 * @param chain the server's certificate first, never empty
 */
record PemPair(List<X509Certificate> chain, PrivateKey key) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final byte[] PROBE = "does the key fit?".getBytes(StandardCharsets.US_ASCII);

  /**
   * Parses both files.
   *
   * @throws GeneralSecurityException if they cannot be used together; the message gives the reason
   *     and reveals nothing of the key
   */
  static PemPair read(byte[] certificates, byte[] key) throws GeneralSecurityException {
    List<X509Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(certificates))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("no certificate found in the certificate file");
    }
    PublicKey named = chain.get(0).getPublicKey();
    PemPair pair = new PemPair(chain, privateKey(key, named.getAlgorithm()));
    pair.requireFit(named);
    return pair;
  }

  private static PrivateKey privateKey(byte[] pem, String algorithm)
      throws GeneralSecurityException {
    // OpenSSL often writes a block of EC parameters before the key.
    Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      byte[] der = decoded(block.group(2));
      String label = block.group(1);
      if (label.equals("PRIVATE KEY")) {
        return pkcs8(der, algorithm);
      }
      if (label.endsWith("PRIVATE KEY")) {
        throw new GeneralSecurityException(
            "the key must be unencrypted PKCS #8 (BEGIN "
                + label
                + "); convert it: openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem");
      }
    }
    throw new GeneralSecurityException("no private key found in the key file");
  }

  private static byte[] decoded(String base64) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the key file has damaged base64", e);
    }
  }

  private static PrivateKey pkcs8(byte[] der, String algorithm) throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (InvalidKeySpecException e) {
      throw new GeneralSecurityException("the key is not a PKCS #8 " + algorithm + " key", e);
    }
  }

  private void requireFit(PublicKey named) throws GeneralSecurityException {
    String algorithm =
        switch (named.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> named.getAlgorithm();
        };
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(PROBE);
    byte[] signature = signing.sign();
    signing.initVerify(named);
    signing.update(PROBE);
    if (!signing.verify(signature)) {
      throw new GeneralSecurityException("the key does not belong to the certificate");
    }
  }

  /** Returns when the certificate expires. */
  Instant expires() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /** Returns a TLS context with this certificate and key. */
  SSLContext context() throws GeneralSecurityException {
    char[] none = {};
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, none);
    } catch (IOException e) {
      throw new GeneralSecurityException("cannot create an empty key store", e);
    }
    store.setKeyEntry("server", key, none, chain.toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, none);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Omits the key. */
  @Override
  public String toString() {
    return chain.get(0).getSubjectX500Principal().getName();
  }
}
