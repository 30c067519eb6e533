package dev.hookferry.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of connections: when they are opened, shared, closed and abandoned. */
public interface ConnectionContract extends TransportFixture {
  /** A complete response. */
  String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK,
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n"
      })
  default void reusesAConnection(String response) throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.responding(response));
        Transport transport = transport(TransportSetup.loopback())) {
      for (int i = 0; i < 5; i++) {
        TransportFixture.send(transport, receiver.url("/" + i));
      }

      assertThat(receiver.requests()).hasSize(5);
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
        OK + "\r\n",
        OK + "H",
        OK + "HTTP/1.1 200 OK\r\n",
        OK + "HTTP/1.1 200 OK\r\n\r\n"
      })
  default void doesNotReuseAConnectionThatMustClose(String response) throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.responding(response));
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome first = TransportFixture.send(transport, receiver.url("/"));
      // The surplus of the last response comes with it or a little later.
      Poll.until(
          () -> {
            TransportFixture.send(transport, receiver.url("/"));
            return receiver.connections() > 1;
          });

      assertThat(first.response()).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nX: ", OK})
  default void doesNotTakeTrailingBytesForTheNextResponse(String surplus) throws Exception {
    CountDownLatch responded = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  connection.write(connection.number() == 1 ? OK : OK.replace("200", "500"));
                  if (connection.number() == 1) {
                    responded.await();
                    connection.write(surplus);
                    connection.awaitEnd();
                    ended.countDown();
                  }
                });
        Transport transport = transport(TransportSetup.loopback())) {
      assertThat(TransportFixture.send(transport, receiver.url("/1")).statusCode()).isEqualTo(200);
      responded.countDown();

      Poll.until(() -> ended.getCount() == 0);
      assertThat(TransportFixture.send(transport, receiver.url("/2")).statusCode()).isEqualTo(500);
    }
  }

  @Test
  default void resendsOnceIfAnIdleConnectionWasClosed() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(ConnectionContract::closeAtTheSecondRequest);
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome first = TransportFixture.send(transport, receiver.url("/1"));
      Outcome second = TransportFixture.send(transport, receiver.url("/2"));

      assertThat(first.kind()).isEqualTo(OutcomeKind.DELIVERED);
      assertThat(second.kind()).isEqualTo(OutcomeKind.DELIVERED);
      assertThat(receiver.connections()).isEqualTo(2);
      assertThat(receiver.requests()).hasSize(3);
      assertThat(receiver.requests().get(2).lines()).isEqualTo(receiver.requests().get(1).lines());
    }
  }

  private static void closeAtTheSecondRequest(ServerConnection connection) throws IOException {
    connection.read();
    connection.write(OK);
    connection.read();
  }

  @Test
  default void resendsAtMostOnce() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  if (connection.number() == 1) {
                    connection.write(OK);
                    connection.read();
                  }
                });
        Transport transport = transport(TransportSetup.loopback())) {
      TransportFixture.send(transport, receiver.url("/1"));
      Outcome second = TransportFixture.send(transport, receiver.url("/2"));

      assertThat(second.kind()).isEqualTo(OutcomeKind.CONNECTION_CLOSED);
      assertThat(receiver.requests()).hasSize(3);
    }
  }

  @Test
  default void doesNotResendOnceAResponseHasStarted() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  connection.write(OK);
                  connection.read();
                  connection.write("H");
                });
        Transport transport = transport(TransportSetup.loopback())) {
      TransportFixture.send(transport, receiver.url("/1"));
      Outcome second = TransportFixture.send(transport, receiver.url("/2"));

      assertThat(second.kind()).isEqualTo(OutcomeKind.CONNECTION_CLOSED);
      assertThat(receiver.requests()).hasSize(2);
    }
  }

  @Test
  default void noticesThatAnIdleConnectionWasClosed() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  connection.write(OK);
                });
        Transport transport = transport(TransportSetup.loopback())) {
      for (int i = 0; i < 20; i++) {
        assertThat(TransportFixture.send(transport, receiver.url("/")).isSuccess()).isTrue();
      }

      assertThat(receiver.requests()).hasSize(20);
    }
  }

  @Test
  default void reportsARefusedConnection() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome = TransportFixture.send(transport, "http://127.0.0.1:" + port + "/");

      assertThat(outcome.kind()).isEqualTo(OutcomeKind.CONNECT_ERROR);
      assertThat(outcome.detail()).contains("127.0.0.1 port " + port);
    }
  }

  @Test
  default void abortsConnectingAtTheTimeout() throws Exception {
    Duration limit = Duration.ofMillis(300);
    List<Socket> crowd = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Transport transport = transport(TransportSetup.loopback().withConnectTimeout(limit))) {
      Assumptions.assumeTrue(isFull(server, crowd), "the accept queue cannot be filled here");
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
      Outcome outcome = TransportFixture.send(transport, url);

      assertThat(outcome.kind()).isEqualTo(OutcomeKind.CONNECT_TIMEOUT);
      assertThat(outcome.took()).isBetween(limit, AMPLE);
      try (Transport patient = transport(TransportSetup.loopback())) {
        SignedRequest hasty = TransportFixture.request(url, Duration.ofMillis(100));
        assertThat(TransportFixture.send(patient, hasty).kind()).isEqualTo(OutcomeKind.TIMEOUT);
      }
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  private static boolean isFull(ServerSocket server, List<Socket> crowd) throws IOException {
    for (int i = 0; i < 50; i++) {
      Socket socket = new Socket();
      crowd.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 300);
      } catch (SocketTimeoutException e) {
        return true;
      }
    }
    return false;
  }

  @Test
  default void completesEachOfManyRequestsOnce() throws Exception {
    List<ContractReceiver> receivers = new ArrayList<>();
    try (Transport transport = transport(TransportSetup.loopback())) {
      for (int i = 0; i < 10; i++) {
        receivers.add(
            ContractReceiver.of(
                i % 2 == 0 ? ContractReceiver.responding(OK) : ServerConnection::read));
      }
      List<CompletableFuture<Outcome>> sent = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        sent.add(
            TransportFixture.start(
                transport, TransportFixture.request(receivers.get(i % 10).url("/"), AMPLE)));
      }
      for (int i = 0; i < sent.size(); i++) {
        assertThat(TransportFixture.outcome(sent.get(i), AMPLE).kind())
            .isEqualTo(i % 2 == 0 ? OutcomeKind.DELIVERED : OutcomeKind.CONNECTION_CLOSED);
      }
    } finally {
      for (ContractReceiver receiver : receivers) {
        receiver.close();
      }
    }
  }

  @Test
  default void aHangingReceiverDelaysNoOther() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ContractReceiver hanging =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  over.await();
                });
        ContractReceiver healthy = ContractReceiver.of(ContractReceiver.responding(OK));
        Transport transport = transport(TransportSetup.loopback())) {
      List<CompletableFuture<Outcome>> stuck = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        stuck.add(
            TransportFixture.start(transport, TransportFixture.request(hanging.url("/"), AMPLE)));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(TransportFixture.send(transport, healthy.url("/")).isSuccess()).isTrue();
      }
      SignedRequest hasty = TransportFixture.request(hanging.url("/"), SHORT);
      assertThat(TransportFixture.send(transport, hasty).kind()).isEqualTo(OutcomeKind.TIMEOUT);
      assertThat(stuck).noneMatch(CompletableFuture::isDone);
      over.countDown();
      for (CompletableFuture<Outcome> one : stuck) {
        assertThat(TransportFixture.outcome(one, AMPLE).kind())
            .isEqualTo(OutcomeKind.CONNECTION_CLOSED);
      }
    } finally {
      over.countDown();
    }
  }
}
