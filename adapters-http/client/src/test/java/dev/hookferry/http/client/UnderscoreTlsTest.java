package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TLS to hosts with an underscore, whose names the JDK neither checks nor asks for. Its server does
 * not answer who asks for one either, so the whole way can only be tried without TLS.
 */
class UnderscoreTlsTest {
  private static PoolKey route(String host) {
    return new PoolKey(true, host, true, 443);
  }

  private static SSLSession session() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.withTls(Certificate.GOOD.context(), ContractReceiver.status(200));
        SSLSocket socket =
            (SSLSocket)
                Certificate.GOOD
                    .trusting()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", URI.create(receiver.url("/")).getPort())) {
      socket.startHandshake();
      return socket.getSession();
    }
  }

  @Test
  void acceptsACertificateForTheHost() throws Exception {
    SSLSession session = session();

    assertThat(ClientTls.mismatch(session, route("good_app.example.com"))).isNull();
    assertThat(ClientTls.mismatch(session, route("my_app.apps.example.com"))).isNull();
    assertThat(ClientTls.mismatch(session, route("good.example.com")))
        .as("the JDK's task")
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad_app.example.com",
        "good_app.example.org",
        "a.good_app.example.com",
        "a.my_app.apps.example.com",
        "my_app.example.com",
        "my_app.com"
      })
  void refusesACertificateForAnotherHost(String host) throws Exception {
    Throwable objection = ClientTls.mismatch(session(), route(host));

    assertThat(objection).isInstanceOf(CertificateException.class);
    assertThat(NetworkFailure.ofTls(objection, host))
        .isEqualTo(
            new NetworkFailure.Failure(
                OutcomeKind.TLS_ERROR, "the receiver's certificate is not for " + host));
  }

  @Test
  void asksForTheHostByItsName() {
    SSLParameters parameters =
        new ClientTls(Certificate.GOOD.trusting())
            .handler(route("my_app.example.com"))
            .engine()
            .getSSLParameters();

    assertThat(parameters.getServerNames())
        .singleElement()
        .extracting(SNIServerName::getEncoded)
        .isEqualTo("my_app.example.com".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void deliversToAHostWithAnUnderscore() throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        HttpTransport transport =
            new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()))) {
      Outcome outcome =
          TransportFixture.send(transport, receiver.url("http", "my_app.example.com"));

      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.DELIVERED);
      assertThat(receiver.requests().get(0).header("Host")).startsWith("my_app.example.com:");
    }
  }
}
