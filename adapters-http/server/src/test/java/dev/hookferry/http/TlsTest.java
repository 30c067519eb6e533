package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.http.socket.ServerTls;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server behind a certificate, and what becomes of new ones. */
class TlsTest {

  @TempDir private Path folder;
  private Path certificate;
  private Path key;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    certificate = folder.resolve("server.crt");
    key = folder.resolve("server.key");
    put(Certificate.GOOD.pem(), Certificate.GOOD.keyPem());
    TlsFiles files = TlsFiles.of(certificate, key).withCheckInterval(Duration.ofMillis(20));
    served = new Served(options -> options.withTls(files), store -> store);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void answersOverTls(String protocol) throws IOException {
    String answer = answer(Certificate.GOOD, protocol, "/healthz");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("alive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void speaksNoOlderProtocol(String protocol) {
    assertThatThrownBy(() -> answer(Certificate.GOOD, protocol, "/healthz"))
        .isInstanceOfAny(SSLException.class, IllegalArgumentException.class);
  }

  @Test
  void allCipherSuitesHaveForwardSecrecy() {
    assertThat(ServerTls.PROTOCOLS).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(ServerTls.suites())
        .isNotEmpty()
        .allMatch(suite -> suite.matches("TLS_(ECDHE_.*_(GCM|POLY1305)|AES_|CHACHA20_).*"))
        .noneMatch(suite -> suite.matches("TLS_(RSA|DH|ECDH)_.*|.*(CBC|NULL|anon|RC4|3DES).*"));
  }

  @Test
  void returnsAProblemOverTlsForMalformedHttp() throws IOException {
    try (SSLSocket socket = connect(Certificate.GOOD, "TLSv1.3")) {
      write(socket, "GET /healthz HTTP/1.1\r\nHost : a\r\n\r\n");
      assertThat(readAll(socket))
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json")
          .endsWith("}");
    }
  }

  @Test
  void closesAConnectionInTheClear() {
    try (RawClient raw = new RawClient(served)) {
      assertThat(raw.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").readAll())
          .doesNotContain("HTTP/1.1 200");
    }
  }

  @Test
  void isNotTrustedByOthers() {
    assertThatThrownBy(() -> answer(Certificate.OTHER, "TLSv1.3", "/healthz"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void reloadsNewFilesWithoutARestart() throws IOException {
    assertThat(metrics(Certificate.GOOD))
        .contains(expiry(Certificate.GOOD))
        .contains("hookferry_tls_reloads_total{result=\"taken\"} 0.0");
    try (SSLSocket open = connect(Certificate.GOOD, "TLSv1.3")) {
      put(Certificate.OTHER.pem(), Certificate.OTHER.keyPem());
      Poll.until(() -> isShown(Certificate.OTHER));

      assertThat(metrics(Certificate.OTHER))
          .contains(expiry(Certificate.OTHER))
          .contains("hookferry_tls_reloads_total{result=\"taken\"} 1.0");
      write(open, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(readAll(open)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void keepsTheOldPairWhileTheNewOneIsInvalid() throws IOException {
    put(Certificate.GOOD.pem(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    Poll.until(() -> refused() >= 1);
    put("nothing", Certificate.GOOD.keyPem());
    Poll.until(() -> refused() >= 2);
    put(Certificate.OTHER.pem(), Certificate.GOOD.keyPem());
    Poll.until(() -> refused() >= 3);
    Files.delete(key);
    Poll.until(() -> refused() >= 4);

    assertThat(isShown(Certificate.GOOD)).isTrue();
    assertThat(metrics(Certificate.GOOD)).contains(expiry(Certificate.GOOD));

    put(Certificate.OTHER.pem(), Certificate.OTHER.keyPem());
    Poll.until(() -> isShown(Certificate.OTHER));
  }

  @Test
  void doesNotStartWithFilesThatCannotBeUsed() throws IOException {
    put(Certificate.OTHER.pem(), Certificate.GOOD.keyPem());
    assertCannotStart("the key does not belong to the certificate");
    put("", Certificate.GOOD.keyPem());
    assertCannotStart("no certificate");
    put(Certificate.GOOD.pem(), "");
    assertCannotStart("no private key");
    put(Certificate.GOOD.pem(), "-----BEGIN PRIVATE KEY-----\nAAAAA\n-----END PRIVATE KEY-----\n");
    assertCannotStart("damaged base64");
    String pkcs1 = Certificate.GOOD.keyPem().replace("PRIVATE KEY", "EC PRIVATE KEY");
    put(Certificate.GOOD.pem(), pkcs1);
    assertCannotStart("openssl pkcs8");
    Files.delete(certificate);
    assertCannotStart("NoSuchFileException");
  }

  private void assertCannotStart(String reason) {
    TlsFiles files = TlsFiles.of(certificate, key);
    assertThatThrownBy(() -> new ServerTls(files, served.clock, new Metrics()))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("listen.tls")
        .hasMessageContaining(reason);
  }

  private void put(String chain, String secret) throws IOException {
    Files.writeString(certificate, chain);
    Files.writeString(key, secret);
  }

  private static String expiry(Certificate shown) {
    return "hookferry_tls_certificate_expiry_timestamp_seconds "
        + (double) shown.expires().getEpochSecond()
        + "\n";
  }

  private String metrics(Certificate trusted) throws IOException {
    return answer(trusted, "TLSv1.3", "/metrics");
  }

  private int refused() {
    try {
      String page = metrics(Certificate.GOOD);
      return Integer.parseInt(
          page.replaceAll("(?s).*hookferry_tls_reloads_total.result=\"refused\". (\\d+).*", "$1"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isShown(Certificate trusted) {
    try {
      return answer(trusted, "TLSv1.3", "/healthz").startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  private String answer(Certificate trusted, String protocol, String path) throws IOException {
    try (SSLSocket socket = connect(trusted, protocol)) {
      write(socket, "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      return readAll(socket);
    }
  }

  private SSLSocket connect(Certificate trusted, String protocol) throws IOException {
    int port = served.server.address().getPort();
    SSLSocket socket =
        (SSLSocket) trusted.trusting().getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(120_000);
    socket.setEnabledProtocols(new String[] {protocol});
    socket.startHandshake();
    return socket;
  }

  private static void write(SSLSocket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String readAll(SSLSocket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
