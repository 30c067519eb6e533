package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.EndpointTls;
import dev.hookferry.auth.TlsIdentity;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.secret.Sealed;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates of endpoints against the HTTPS server of the JDK, which demands one. */
class ClientCertificateTest {
  private static final EndpointTls TRUSTING =
      new EndpointTls(null, Certificate.GOOD.authorityPem());

  private final List<String> clients = new CopyOnWriteArrayList<>();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final Transport transport =
      new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()));
  private HttpsServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SSLContext context = Certificate.GOOD.context(Certificate.OTHER);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters own = getSSLContext().getDefaultSSLParameters();
            own.setNeedClientAuth(true);
            parameters.setSSLParameters(own);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          clients.add(((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
          connections.add(exchange.getRemoteAddress());
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    transport.close();
    server.stop(0);
  }

  @Test
  void presentsTheCertificateAndTrustsTheAuthority() {
    Outcome outcome = send(client(Certificate.OTHER));
    assertThat(outcome.isSuccess()).as(outcome.detail()).isTrue();
    assertThat(clients).containsExactly("CN=good.example.com");
  }

  @Test
  void sharesNoConnectionWithAnotherIdentity() {
    send(client(Certificate.OTHER));
    send(client(Certificate.OTHER));
    assertThat(connections).hasSize(1);

    Outcome anonymous = send(TRUSTING.identity(null));
    assertThat(anonymous.isSuccess()).isFalse();
    Outcome untrusted = send(null);
    assertThat(untrusted.kind()).isEqualTo(OutcomeKind.TLS_ERROR);
    assertThat(untrusted.detail()).contains("not signed by an authority");
    assertThat(clients).hasSize(2);
  }

  @Test
  void saysThatACertificateIsMissing() {
    Outcome outcome = send(TRUSTING.identity(null));
    assertThat(outcome.kind()).isIn(OutcomeKind.TLS_ERROR, OutcomeKind.CONNECTION_CLOSED);
    if (outcome.kind() == OutcomeKind.TLS_ERROR) {
      assertThat(outcome.detail()).contains("requires a client certificate");
    }
    assertThat(clients).isEmpty();
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRejected() {
    Outcome outcome = send(client(Certificate.GOOD));
    assertThat(outcome.isSuccess()).isFalse();
    assertThat(clients).isEmpty();
  }

  private static TlsIdentity client(Certificate certificate) {
    ClientCertificate own = new ClientCertificate(certificate.pem(), new Sealed("unused"));
    return TRUSTING.withClientCertificate(own).identity(certificate.keyPem());
  }

  private Outcome send(@Nullable TlsIdentity identity) {
    String url = "https://good.example.com:" + server.getAddress().getPort() + "/";
    SignedRequest plain = TransportFixture.request(url, TransportFixture.AMPLE);
    return TransportFixture.send(
        transport,
        new SignedRequest(
            plain.url(), plain.headers(), plain.body(), plain.deadline(), identity, null, false));
  }
}
