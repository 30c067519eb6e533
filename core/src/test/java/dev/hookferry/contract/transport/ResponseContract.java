package dev.hookferry.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of requests and complete responses. */
public interface ResponseContract extends TransportFixture {
  /** The responses that want a client to do something else. */
  static Stream<AttackCase> redirects() {
    return AttackCase.ofKind("redirect");
  }

  private Outcome responded(ContractReceiver.Script script) throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(script);
        Transport transport = transport(TransportSetup.loopback())) {
      return TransportFixture.send(transport, receiver.url("/"));
    }
  }

  private static Response response(Outcome outcome) {
    return Objects.requireNonNull(outcome.response(), outcome.toString());
  }

  @Test
  default void sendsTheRequestUnchanged() throws Exception {
    SignedRequest.Header odd = new SignedRequest.Header("!#$%&'*+.^`|~9z", "a b\tc");
    SignedRequest.Header empty = new SignedRequest.Header("X-Empty", "");
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport = transport(TransportSetup.loopback())) {
      SignedRequest request =
          new SignedRequest(
              TargetUrl.parse(receiver.url("//a;b/..%2f../%0d%0aX:%201?q=%3B&r=[1]")),
              List.of(odd, empty),
              Payload.of("{\"é\":1}"),
              AMPLE);

      Outcome outcome = TransportFixture.send(transport, request);

      assertThat(outcome.kind()).isEqualTo(OutcomeKind.DELIVERED);
      ServerConnection.Request seen = receiver.requests().get(0);
      assertThat(seen.lines())
          .startsWith("POST //a;b/..%2f../%0d%0aX:%201?q=%3B&r=[1] HTTP/1.1")
          .hasSize(5);
      assertThat(seen.header("Host")).isEqualTo("127.0.0.1:" + receiver.port());
      assertThat(seen.header("Content-Length")).isEqualTo("8");
      assertThat(seen.header(odd.name())).isEqualTo("a b\tc");
      assertThat(seen.header("X-Empty")).isEmpty();
      assertThat(seen.body()).isEqualTo(request.body().toBytes());
    }
  }

  @Test
  default void keepsResponseHeaders() throws Exception {
    Outcome outcome =
        responded(
            ContractReceiver.responding(
                "HTTP/1.1 200 OK\r\nX-Second:  b \t\r\nx-first: \u00e9;\u0001\r\nX-Second:\r\n"
                    + "set-cookie: session=s3cr3t; Path=/\r\nContent-Length: 0\r\n\r\n"));

    assertThat(response(outcome).headers().text())
        .isEqualTo(
            "X-Second: b\nx-first: \u00e9;\ufffd\nX-Second: \nset-cookie: ********\n"
                + "Content-Length: 0");
  }

  /** RFC 9112, 5.2: a fold is one blank or more. */
  @Test
  default void unfoldsFoldedHeaders() throws Exception {
    Outcome outcome =
        responded(
            ContractReceiver.responding(
                "HTTP/1.1 200 OK\r\nX-A: one\r\n  two\r\n\tthree\r\nRetry-After:\r\n 7\r\n"
                    + "Content-Length:\r\n 2\r\n\r\nok"));

    assertThat(response(outcome).headers().text())
        .isEqualTo("X-A: one two three\nRetry-After: 7\nContent-Length: 2");
    assertThat(response(outcome).retryAfter()).isEqualTo("7");
    assertThat(response(outcome).body().text()).isEqualTo("ok");
  }

  @Test
  default void limitsTheSizeOfResponseHeaders() throws Exception {
    String longs = "X: " + "y".repeat(3_000) + "\r\n";
    Outcome outcome =
        responded(
            ContractReceiver.responding(
                "HTTP/1.1 200 OK\r\n" + longs.repeat(20) + "Content-Length: 0\r\n\r\n"));

    assertThat(response(outcome).headers().text()).hasSize(ResponseHeaders.MAX);
    assertThat(response(outcome).headers().isCut()).isTrue();
  }

  @Test
  default void sendsEmptyAndLargeBodies() throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(202));
        Transport transport = transport(TransportSetup.loopback())) {
      for (int size : new int[] {0, 1, 4095, 1 << 20}) {
        SignedRequest request =
            new SignedRequest(
                TargetUrl.parse(receiver.url("/")),
                List.of(),
                Payload.wrap("x".repeat(size).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                AMPLE);
        assertThat(TransportFixture.send(transport, request).statusCode()).isEqualTo(202);
      }
      assertThat(receiver.requests())
          .extracting(seen -> seen.body().length)
          .containsExactly(0, 1, 4095, 1 << 20);
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  @Test
  default void returnsTheResponse() throws Exception {
    Outcome outcome =
        responded(
            ContractReceiver.responding(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nRetry-After: 7\r\n"
                    + "Content-Length: 25\r\n\r\n<script>alert(1)</script>"));

    assertThat(outcome.kind()).isEqualTo(OutcomeKind.DELIVERED);
    assertThat(outcome.detail()).isEmpty();
    assertThat(outcome.took()).isPositive();
    Response response = response(outcome);
    assertThat(response.contentType()).isEqualTo("text/html");
    assertThat(response.retryAfter()).isEqualTo("7");
    assertThat(response.body().text()).isEqualTo("<script>alert(1)</script>");
    assertThat(response.truncated()).isFalse();
  }

  @Test
  default void readsChunkedResponses() throws Exception {
    Outcome outcome =
        responded(
            ContractReceiver.responding(
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3;name=value\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n"));

    assertThat(response(outcome).body().text()).isEqualTo("abcde");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\nhello",
        "HTTP/1.0 200 OK\r\n\r\nhello",
        "HTTP/1.1 200\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"
      })
  default void readsUntilTheConnectionCloses(String text) throws Exception {
    Outcome outcome =
        responded(
            connection -> {
              connection.read();
              connection.write(text);
            });

    assertThat(outcome.kind()).isEqualTo(OutcomeKind.DELIVERED);
    assertThat(response(outcome).body().text()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content\r\nContent-Length: 0", "204 No Content", "304 Not"})
  default void recognizesResponsesWithoutABody(String text) throws Exception {
    Outcome outcome = responded(ContractReceiver.responding("HTTP/1.1 " + text + "\r\n\r\n"));

    assertThat(response(outcome).body().size()).isZero();
    assertThat(outcome.isSuccess()).isEqualTo(text.startsWith("204"));
  }

  @ParameterizedTest
  @MethodSource("dev.hookferry.contract.transport.ResponseContract#redirects")
  default void followsNoInstructionInAResponse(AttackCase attack) throws Exception {
    int status = Integer.parseInt(attack.input().substring(0, 3));
    String[] header = attack.input().substring(4).split(";? then |; then ", 2);
    String line = header[0].contains(":") ? header[0] : "X-Reason: " + header[0];
    String text = "HTTP/1.1 " + status + " X\r\n" + line + "\r\nContent-Length: 0\r\n\r\n";
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.responding(text));
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome first = TransportFixture.send(transport, receiver.url("/"));
      assertThat(receiver.requests()).hasSize(1);
      Outcome second = TransportFixture.send(transport, receiver.url("/"));

      assertThat(first.statusCode()).isEqualTo(status);
      assertThat(first.isSuccess()).isEqualTo(status == 200);
      assertThat(second.kind()).isEqualTo(first.kind());
      assertThat(receiver.requests()).hasSize(2);
      if (!first.isSuccess()) {
        assertThat(first.kind()).isEqualTo(OutcomeKind.HTTP_ERROR);
        assertThat(first.detail()).isEqualTo("the receiver responded with " + status);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"103 Early Hints\r\nLink: </a>", "100 Continue", "102 Processing"})
  default void waitsForTheFinalResponse(String interim) throws Exception {
    Outcome outcome =
        responded(
            ContractReceiver.responding(
                ("HTTP/1.1 " + interim + "\r\n\r\n").repeat(3)
                    + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));

    assertThat(outcome.kind()).isEqualTo(OutcomeKind.DELIVERED);
    assertThat(response(outcome).body().text()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999", "NaN", "Wed, 21 Oct 2026 07:28:00 GMT"})
  default void passesOnRetryAfter(String value) throws Exception {
    Outcome outcome =
        responded(
            ContractReceiver.responding(
                "HTTP/1.1 503 X\r\nRetry-After: " + value + "\r\nContent-Length: 0\r\n\r\n"));

    assertThat(response(outcome).retryAfter()).isEqualTo(value);
  }

  @Test
  default void doesNotDecompressResponses() throws Exception {
    String packed = "\u001f\u008b\u0008" + "z".repeat(500);
    try (ContractReceiver receiver =
            ContractReceiver.of(
                ContractReceiver.responding(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 503\r\n\r\n"
                        + packed));
        Transport transport = transport(TransportSetup.loopback())) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("/"));

      assertThat(response(outcome).body().toBytes())
          .isEqualTo(packed.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      assertThat(receiver.requests().get(0).header("Accept-Encoding")).isNull();
    }
  }
}
