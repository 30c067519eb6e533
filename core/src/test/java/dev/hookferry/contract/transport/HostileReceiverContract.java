package dev.hookferry.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile receivers: attacks on the deadline, the next delivery, the log and TLS. */
public interface HostileReceiverContract extends TransportFixture {
  /** More than the buffers of two sockets hold. */
  int BIG = 8 << 20;

  /** More than the buffers of a connection take, even of one through a proxy. */
  int UNBUFFERED = 32 << 20;

  /** A response that closes nothing. */
  String TAKEN = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntaken";

  private static SignedRequest big(String url, Duration deadline) {
    return sized(BIG, url, deadline);
  }

  private static SignedRequest sized(int bytes, String url, Duration deadline) {
    return new SignedRequest(
        TargetUrl.parse(url), List.of(), Payload.wrap(new byte[bytes]), deadline);
  }

  private static void isAlone(ContractReceiver receiver) {
    Poll.until(() -> receiver.open() == 0);
  }

  @Test
  default void acceptsAResponseSentBeforeTheRequestWasRead() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  int first = connection.socket().getInputStream().read();
                  connection.write(
                      "HTTP/1.1 413 Too Large\r\nContent-Length: " + (first > 0 ? 0 : 1));
                  connection.write("\r\n\r\n");
                  connection.awaitEnd();
                });
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome =
          TransportFixture.send(transport, sized(UNBUFFERED, receiver.url("/"), AMPLE));

      assertThat(outcome.statusCode()).as(outcome.detail()).isEqualTo(413);
      isAlone(receiver);
    }
  }

  @Test
  default void doesNotMatchAnEarlyResponseToTheNextRequest() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.write(TAKEN + TAKEN);
                  connection.awaitEnd();
                });
        Transport transport = transport(TransportSetup.loopback())) {
      for (int i = 0; i < 5; i++) {
        Outcome outcome = TransportFixture.send(transport, receiver.url("/"));

        assertThat(outcome.kind())
            .as(outcome.detail())
            .isIn(OutcomeKind.DELIVERED, OutcomeKind.CONNECTION_CLOSED);
      }
      isAlone(receiver);
      assertThat(receiver.connections()).isBetween(5, 10);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void abortsASlowReaderAtTheDeadline(boolean drips) throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  while (drips && connection.socket().getInputStream().read() >= 0) {
                    LockSupport.parkNanos(5_000_000);
                  }
                  LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
                  connection.awaitEnd();
                });
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome = TransportFixture.send(transport, big(receiver.url("/"), SHORT));

      assertThat(outcome.kind()).isEqualTo(OutcomeKind.TIMEOUT);
      assertThat(outcome.took()).isGreaterThanOrEqualTo(SHORT);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void aForgedResponseDoesNotReachTheNextDelivery(boolean late) throws Exception {
    String forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  connection.write(connection.number() == 1 && !late ? TAKEN + forged : TAKEN);
                  if (connection.number() == 1 && late) {
                    LockSupport.parkNanos(30_000_000);
                    connection.write(forged);
                  }
                  if (connection.read() != null) {
                    connection.write("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nreal");
                  }
                  connection.awaitEnd();
                });
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome first = TransportFixture.send(transport, receiver.url("/1"));
      isAlone(receiver);
      Outcome second = TransportFixture.send(transport, receiver.url("/2"));

      assertThat(body(first)).isEqualTo("taken");
      assertThat(body(second)).isEqualTo("taken");
      assertThat(receiver.connections()).isEqualTo(2);
    }
  }

  private static String body(Outcome outcome) {
    return Objects.requireNonNull(outcome.response(), outcome.toString()).body().text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/html\rSet-Cookie: a=b",
        "Content-Type: text/html\u0000\u001b[31m",
        "Retry-After: 7\u000b\u0085INFO forged line",
        "Retry-After: 7\r\n folded: 8",
      })
  default void stripsCharactersThatCouldForgeALogLine(String header) throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                ContractReceiver.responding(
                    "HTTP/1.1 503 X\r\n" + header + "\r\nContent-Length: 0\r\n\r\n"));
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("/"));

      assertThat(outcome.kind()).isIn(OutcomeKind.HTTP_ERROR, OutcomeKind.PROTOCOL_ERROR);
      assertThat(outcome.toString()).doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: +5\r\n\r\nabcde",
        "Content-Length: 0x5\r\n\r\nabcde",
        "Content-Length: 5 5\r\n\r\nabcde",
        "Content-Length: 1e1\r\n\r\nabcde",
        "Content-Length: 5, 6\r\n\r\nabcde",
        "Content-Length: \u00b2\r\n\r\nab",
        "Transfer-Encoding: chunked\r\n\r\nffffffff\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n80000000\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n\r\n\r\nabc",
        "Content-Length: 5\r\n 5\r\n\r\nabcde",
        "Content-Length: 5\r\n\t0\r\n\r\nabcde",
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n ,identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\r\n x\r\n chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
      })
  default void refusesAmbiguousLengths(String rest) throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  connection.write("HTTP/1.1 200 OK\r\n" + rest);
                  connection.awaitEnd();
                });
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("/"));

      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.PROTOCOL_ERROR);
      isAlone(receiver);
    }
  }

  @Test
  default void abortsChunksOfMostlyOverhead() throws Exception {
    String chunk = "1;" + "x".repeat(4_000) + "\r\na\r\n";
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  while (!connection.socket().isClosed()) {
                    connection.write(chunk);
                  }
                });
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("/"));

      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.PROTOCOL_ERROR);
      isAlone(receiver);
    }
  }

  @Test
  default void treatsAHalfClosedConnectionAsClosed() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  connection.read();
                  connection.socket().shutdownOutput();
                  connection.awaitEnd();
                });
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("/"));

      assertThat(outcome.kind()).isEqualTo(OutcomeKind.CONNECTION_CLOSED);
      isAlone(receiver);
    }
  }

  @Test
  default void abortsAStreamOfEmptyTlsRecords() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.withTls(
                Certificate.GOOD.context(),
                connection -> {
                  connection.read();
                  // Each makes a record of its own; the response never ends.
                  connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
                  while (true) {
                    connection.write("x");
                  }
                });
        Transport transport =
            transport(TransportSetup.loopback().withTls(Certificate.GOOD.trusting()))) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("https", "good.example.com"));

      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.PROTOCOL_ERROR);
      isAlone(receiver);
    }
  }

  /** A receiver that repeats these bytes (hexadecimal) forever, once the handshake has begun. */
  @ParameterizedTest
  @CsvSource({
    // No TLS at all, and TLS of a version that there is not.
    "deadbeef, TLS_ERROR",
    "1609090005ffffffffff, TLS_ERROR",
    // A fatal alert.
    "15030300020228, TLS_ERROR",
    // A message of 16 MB that is announced.
    "16030340000200ffffff, TLS_ERROR",
    // Warnings without end.
    "1503030002015a, TLS_ERROR",
    // Records without content, without end.
    "1603030000, TLS_ERROR",
    // Data before there are keys.
    "1703030005abababababab, TLS_ERROR",
  })
  default void abortsAnInvalidHandshake(String hex, OutcomeKind expected) throws Exception {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);
    try (ContractReceiver receiver = ContractReceiver.of(connection -> flood(connection, bytes));
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome =
          TransportFixture.send(
              transport,
              TransportFixture.request(receiver.url("https", "good.example.com"), AMPLE));

      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(expected);
      assertThat(outcome.detail()).matches("[ -~]{5,}").doesNotContain("Exception", "javax.");
      isAlone(receiver);
    }
  }

  private static void flood(ServerConnection connection, byte[] bytes) throws IOException {
    int first = connection.socket().getInputStream().read();
    while (first >= 0) {
      connection.write(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void abortsAHandshakeThatTricklesOrIsReset(boolean reset) throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                connection -> {
                  int first = connection.socket().getInputStream().read();
                  if (reset && first >= 0) {
                    connection.reset();
                  }
                  connection.write(new byte[] {0x16, 3, 3, 0x40, 0, 2, 0, 0x3f, (byte) 0xfc});
                  while (true) {
                    connection.write(new byte[] {3});
                    LockSupport.parkNanos(20_000_000);
                  }
                });
        Transport transport = transport(TransportSetup.loopback())) {
      String url = receiver.url("https", "good.example.com");
      Outcome outcome =
          TransportFixture.send(transport, TransportFixture.request(url, reset ? AMPLE : SHORT));

      assertThat(outcome.kind())
          .as(outcome.detail())
          .isEqualTo(reset ? OutcomeKind.TLS_ERROR : OutcomeKind.TIMEOUT);
      isAlone(receiver);
    }
  }
}
