package dev.hookferry.auth;

import dev.hookferry.refusal.InvalidException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parser of certificates and private keys in PEM. Messages never contain a key. */
final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
  private static final int MIN_RSA_BITS = 2048;

  private PemText() {}

  /** Returns whether a string contains the beginning of a PEM block. */
  static boolean looksLikePem(String text) {
    return text.contains("-----BEGIN ");
  }

  /**
   * Parses certificates, in their order; rejects other blocks.
   *
   * @param max the maximum number of certificates
   * @throws InvalidException for the empty field name, if there are none or too many, or one cannot
   *     be parsed
   */
  static List<X509Certificate> certificates(String text, int max) {
    List<X509Certificate> all = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (!blocks.group(1).equals("CERTIFICATE")) {
        throw InvalidException.of(
            "", "must hold certificates only, not a block of " + blocks.group(1));
      }
      all.add(certificate(decoded(blocks.group(2)), all.size() + 1));
    }
    if (all.isEmpty() || all.size() > max) {
      throw InvalidException.of(
          "",
          "must hold 1 to "
              + max
              + " certificates in PEM: lines of base64 between -----BEGIN CERTIFICATE----- and"
              + " -----END CERTIFICATE-----");
    }
    return List.copyOf(all);
  }

  private static X509Certificate certificate(byte[] bytes, int number) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw InvalidException.of(
          "", "certificate " + number + " cannot be read; check that it was copied whole");
    }
  }

  /**
   * Parses a private key: PKCS #8, not encrypted; RSA of at least 2048 bits, EC or Ed25519.
   *
   * @throws InvalidException for the empty field name, if the text is anything else
   */
  static PrivateKey privateKey(String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw InvalidException.of(
          "",
          "must be a private key in PEM: lines of base64 between -----BEGIN PRIVATE KEY----- and"
              + " -----END PRIVATE KEY-----");
    }
    if (!block.group(1).equals("PRIVATE KEY")) {
      throw InvalidException.of(
          "",
          "must be PKCS #8 without a passphrase, not a block of "
              + block.group(1)
              + "; convert it with openssl pkcs8 -topk8 -nocrypt");
    }
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decoded(block.group(2)));
    for (String algorithm : ALGORITHMS) {
      try {
        return strong(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
      } catch (GeneralSecurityException e) {
        // The key is for another algorithm.
      }
    }
    throw InvalidException.of(
        "", "cannot be read as an RSA, EC or Ed25519 key; check that it was copied whole");
  }

  /** Returns the key, rejecting RSA keys of fewer than 2048 bits. */
  static PrivateKey strong(PrivateKey key) {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw InvalidException.of("", "must have at least " + MIN_RSA_BITS + " bits");
    }
    return key;
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw InvalidException.of("", "must be base64 between the lines of PEM");
    }
  }
}
