package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.doctor.Diagnosis;
import dev.hookferry.app.doctor.Diagnosis.Level;
import dev.hookferry.contract.support.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor finds every TLS pair with which {@code serve} would not start. */
final class DoctorTlsTest {
  @TempDir private Path folder;
  private Path certificate;
  private Path key;

  @BeforeEach
  void write() throws IOException {
    certificate = Files.writeString(folder.resolve("a.crt"), Certificate.GOOD.pem());
    key = Files.writeString(folder.resolve("a.key"), Certificate.GOOD.keyPem());
  }

  private List<Diagnosis> findings() {
    return DoctorFindings.examine(
        folder,
        DoctorFindings.HERE,
        "--store",
        "memory",
        "--tls-cert",
        certificate.toString(),
        "--tls-key",
        key.toString());
  }

  private void assertUnusable(String reason) {
    assertThat(findings())
        .filteredOn(finding -> finding.check().equals("certificate"))
        .singleElement()
        .returns(Level.FAILURE, Diagnosis::level)
        .returns(certificate + " with " + key + " cannot be used: " + reason, Diagnosis::text);
  }

  @Test
  void aPairThatFitsIsInOrder() {
    assertThat(findings())
        .filteredOn(finding -> finding.check().equals("certificate"))
        .singleElement()
        .returns(Level.WARNING, Diagnosis::level)
        .extracting(Diagnosis::text)
        .asString()
        .startsWith(certificate + " is valid until ");
  }

  @Test
  void aKeyOfAnotherCertificateIsFound() throws IOException {
    Files.writeString(key, Certificate.OTHER.keyPem());
    assertUnusable("the key does not belong to the certificate");
  }

  @Test
  void aKeyInPkcs1IsFound() throws IOException {
    Files.writeString(key, Certificate.GOOD.keyPem().replace("PRIVATE KEY", "RSA PRIVATE KEY"));
    assertUnusable(
        "the key must be unencrypted PKCS #8 (BEGIN RSA PRIVATE KEY); convert it: openssl pkcs8"
            + " -topk8 -nocrypt -in OLD.pem -out NEW.pem");
  }

  @Test
  void filesWithoutACertificateOrAKeyAreFound() throws IOException {
    Files.writeString(key, "");
    assertUnusable("no private key found in the key file");
    Files.writeString(certificate, "");
    assertUnusable("no certificate found in the certificate file");
  }

  @Test
  void aMissingKeyIsFound() throws IOException {
    Files.delete(key);
    assertThat(findings())
        .first()
        .returns(Level.FAILURE, Diagnosis::level)
        .extracting(Diagnosis::text)
        .asString()
        .contains("listen.tls.key", "must be a file that can be read");
  }
}
