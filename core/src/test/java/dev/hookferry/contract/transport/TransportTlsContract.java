package dev.hookferry.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.transport.Transport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS certificates are always verified, against the host's name. */
public interface TransportTlsContract extends TransportFixture {
  private Outcome sendTo(Certificate server, Certificate trusted, String host) throws Exception {
    String bound = host.equals("127.0.0.2") ? host : "127.0.0.1";
    try (ContractReceiver receiver =
            ContractReceiver.withTls(server.context(), bound, ContractReceiver.status(200));
        Transport transport = transport(TransportSetup.loopback().withTls(trusted.trusting()))) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("https", host));
      assertThat(receiver.requests()).hasSize(outcome.isSuccess() ? 1 : 0);
      return outcome;
    }
  }

  @ParameterizedTest
  @CsvSource({"good.example.com", "Good.Example.com.", "127.0.0.1"})
  default void acceptsACertificateForTheHost(String host) throws Exception {
    Outcome outcome = sendTo(Certificate.GOOD, Certificate.GOOD, host);

    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.DELIVERED);
  }

  @ParameterizedTest
  @CsvSource({
    "GOOD, EXPIRED, good.example.com, not signed by an authority",
    "GOOD, GOOD, other.example.com, not for other.example.com",
    "GOOD, GOOD, 127.0.0.2, not for 127.0.0.2",
    "EXPIRED, EXPIRED, good.example.com, has expired",
  })
  default void refusesABadCertificate(
      Certificate server, Certificate trusted, String host, String words) throws Exception {
    Outcome outcome = sendTo(server, trusted, host);

    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.TLS_ERROR);
    assertThat(outcome.detail()).contains(words);
  }

  @Test
  default void sendsTheServerNameAndReusesTheConnection() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    ContractReceiver.Script script =
        connection -> {
          SSLSocket socket = (SSLSocket) connection.socket();
          socket.startHandshake();
          ((ExtendedSSLSession) socket.getSession())
              .getRequestedServerNames()
              .forEach(name -> asked.add(name.toString()));
          ContractReceiver.status(200).serve(connection);
        };
    try (ContractReceiver receiver = ContractReceiver.withTls(Certificate.GOOD.context(), script);
        Transport transport =
            transport(TransportSetup.loopback().withTls(Certificate.GOOD.trusting()))) {
      for (int i = 0; i < 3; i++) {
        Outcome outcome =
            TransportFixture.send(transport, receiver.url("https", "good.example.com"));
        assertThat(outcome.isSuccess()).as(outcome.detail()).isTrue();
      }

      assertThat(receiver.connections()).isEqualTo(1);
      assertThat(asked).hasSize(1).first().asString().contains("good.example.com");
    }
  }

  @Test
  default void refusesAReceiverWithoutTls() throws Exception {
    try (ContractReceiver plain =
            ContractReceiver.of(
                connection -> {
                  connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                  connection.awaitEnd();
                });
        ContractReceiver closing = ContractReceiver.of(connection -> {});
        Transport transport = transport(TransportSetup.loopback())) {
      for (ContractReceiver receiver : List.of(plain, closing)) {
        Outcome outcome =
            TransportFixture.send(transport, receiver.url("https", "good.example.com"));

        assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.TLS_ERROR);
      }
    }
  }

  @Test
  default void abortsAHandshakeAtTheDeadline() throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(ServerConnection::awaitEnd);
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome =
          TransportFixture.send(
              transport,
              TransportFixture.request(receiver.url("https", "good.example.com"), SHORT));

      assertThat(outcome.kind()).isEqualTo(OutcomeKind.TIMEOUT);
      assertThat(outcome.detail()).contains("TLS");
    }
  }
}
