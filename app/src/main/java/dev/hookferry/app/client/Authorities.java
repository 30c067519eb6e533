package dev.hookferry.app.client;

import dev.hookferry.app.logging.Causes;
import dev.hookferry.refusal.InvalidException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Loads trusted CA certificates. */
public final class Authorities {
  private Authorities() {}

  /**
   * Returns a context that trusts only the CA certificates of a PEM file.
   *
   * @param option the option that names the file, for error messages
   * @throws InvalidException if the file cannot be read or has no certificates
   */
  public static SSLContext of(String option, Path file) {
    try {
      byte[] pem = Files.readAllBytes(file);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      int number = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        trusted.setCertificateEntry("authority-" + number++, authority);
      }
      if (number == 0) {
        throw InvalidException.of(
            option, "must name a PEM file with certificates (got " + file + ")");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw InvalidException.of(
          option, "must name a PEM file with certificates: " + Causes.inWords(e));
    }
  }
}
