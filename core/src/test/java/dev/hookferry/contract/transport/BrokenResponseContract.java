package dev.hookferry.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of broken responses: not HTTP, too large, too slow, or cut off. */
public interface BrokenResponseContract extends TransportFixture {
  /** Responses that are not HTTP or break its limits. */
  static Stream<String> junk() {
    String ok = "HTTP/1.1 200 OK\r\n";
    String chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    return Stream.of(
        "<html>HTTP/0.9 style</html>\r\n",
        "hello\r\n\r\n",
        "HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 20 Short\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 -20 Minus\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 600 High\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 2000 Long\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 +200 Plus\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 \u0662\u0660\u0660 Digits\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/s3cr3t 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 s3cr3t OK\r\nContent-Length: 0\r\n\r\n",
        "SSH-2.0-OpenSSH_9.9\r\n\r\n",
        "\r\n".repeat(20) + ok + "\r\n",
        ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        ok + "Content-Length: -1\r\n\r\n",
        ok + "Content-Length: abc\r\n\r\n",
        ok + "Content-Length: 99999999999999999999\r\n\r\n",
        ok + " X: folded into the first line\r\nContent-Length: 0\r\n\r\n",
        ok + "\t\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 X\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.0 200 X\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ok + "Transfer-Encoding: gzip\r\n\r\n",
        ok + "Transfer-Encoding: gzip, chunked\r\n\r\n",
        chunked + "zz\r\n",
        chunked + "-5\r\nabc\r\n0\r\n\r\n",
        chunked + "3\r\nabcdef\r\n0\r\n\r\n",
        chunked + "0\r\n" + "X: y\r\n".repeat(500) + "\r\n",
        ok + "X-Header: y\r\n".repeat(500) + "\r\n",
        ok + ("X-Header: " + "y".repeat(4_000) + "\r\n").repeat(30) + "\r\n");
  }

  private Outcome responded(Duration deadline, ContractReceiver.Script script) throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(script);
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome =
          TransportFixture.send(transport, TransportFixture.request(receiver.url("/"), deadline));
      boolean isTooLate = outcome.kind() == OutcomeKind.TIMEOUT && receiver.connections() == 0;
      if (!isTooLate || deadline.compareTo(SHORT) > 0) {
        // Nothing is resent on a connection that was new.
        assertThat(receiver.connections()).isEqualTo(1);
        return outcome;
      }
    }
    // A busy machine may need longer than a short deadline to connect.
    return responded(SHORT.multipliedBy(20), script);
  }

  private static void isFailure(Outcome outcome, OutcomeKind kind) {
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(kind);
    assertThat(outcome.response()).isNull();
    assertThat(outcome.detail()).matches("[ -~]{5,}").doesNotContain("Exception", "org.", "java.");
    // Of a secret that is sent back, only the very text would be known again.
    assertThat(outcome.detail()).doesNotContain("S3CR3T");
  }

  @ParameterizedTest
  @MethodSource("dev.hookferry.contract.transport.BrokenResponseContract#junk")
  default void refusesNonHttpResponses(String response) throws Exception {
    Outcome outcome =
        responded(
            AMPLE,
            connection -> {
              connection.read();
              connection.write(response);
              connection.awaitEnd();
            });

    isFailure(outcome, OutcomeKind.PROTOCOL_ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nX-Endless: ",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Trailer: ",
        "HTTP/1.1 200 ",
        ""
      })
  default void abortsALineOfTenMegabytes(String start) throws Exception {
    AtomicLong written = new AtomicLong();
    Outcome outcome =
        responded(
            AMPLE,
            connection -> {
              connection.read();
              connection.write(start);
              byte[] block =
                  "x".repeat(64 * 1024).getBytes(java.nio.charset.StandardCharsets.UTF_8);
              while (written.addAndGet(block.length) <= 10 << 20) {
                connection.write(block);
              }
              connection.awaitEnd();
            });

    isFailure(outcome, OutcomeKind.PROTOCOL_ERROR);
    // The part that fits into the buffers of the two ends may have been written, but not all.
    assertThat(written.get()).isLessThan(10 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"})
  default void abortsEndlessInterimResponses(String interim) throws Exception {
    Outcome outcome =
        responded(
            AMPLE,
            connection -> {
              connection.read();
              while (!connection.socket().isClosed()) {
                connection.write(interim);
              }
            });

    isFailure(outcome, OutcomeKind.PROTOCOL_ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTT",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\n"
      })
  default void refusesATruncatedResponse(String part) throws Exception {
    for (boolean reset : new boolean[] {false, true}) {
      Outcome outcome =
          responded(
              AMPLE,
              connection -> {
                connection.read();
                connection.write(part);
                if (reset) {
                  connection.reset();
                }
              });

      isFailure(outcome, OutcomeKind.CONNECTION_CLOSED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 ",
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"
      })
  default void abortsASlowResponseAtTheDeadline(String start) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Outcome outcome =
        responded(
            SHORT,
            connection -> {
              connection.read();
              connection.write(start);
              try {
                while (!start.isEmpty()) {
                  connection.write("2");
                  LockSupport.parkNanos(20_000_000);
                }
                connection.awaitEnd();
              } finally {
                ended.countDown();
              }
            });

    isFailure(outcome, OutcomeKind.TIMEOUT);
    assertThat(outcome.took()).isGreaterThanOrEqualTo(SHORT);
    Poll.until(() -> ended.getCount() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 99999999999", "Transfer-Encoding: chunked", "X: y"})
  default void readsNoMoreThanItKeeps(String framing) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicLong written = new AtomicLong();
    Outcome outcome =
        responded(
            AMPLE,
            connection -> {
              connection.read();
              connection.write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
              String block = "a".repeat(0x1000);
              try {
                while (written.addAndGet(0x1000) < 1L << 30) {
                  connection.write(framing.startsWith("T") ? "1000\r\n" + block + "\r\n" : block);
                }
              } finally {
                ended.countDown();
              }
            });

    assertThat(outcome.kind()).isEqualTo(OutcomeKind.DELIVERED);
    Response response = Objects.requireNonNull(outcome.response());
    assertThat(response.truncated()).isTrue();
    assertThat(response.body().text()).isEqualTo("a".repeat(Response.MAX_BODY));
    Poll.until(() -> ended.getCount() == 0);
    assertThat(written.get()).isLessThan(16L << 20);
  }

  @Test
  default void keepsABodyOfExactlyTheLimit() throws Exception {
    String body = "b".repeat(Response.MAX_BODY);
    Outcome outcome =
        responded(
            AMPLE,
            ContractReceiver.responding(
                "HTTP/1.1 500 X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));

    Response response = Objects.requireNonNull(outcome.response());
    assertThat(response.truncated()).isFalse();
    assertThat(response.body().text()).isEqualTo(body);
  }
}
