package dev.hookferry.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest implements RequestOnConnection.ResponseListener {
  private static final PoolKey ROUTE = new PoolKey(false, "a.example.com", true, 80);

  private final Reactor reactor = new Reactor(1, ByteBufAllocator.DEFAULT, () -> {});
  private final Connection connection = new Connection(ROUTE, reactor.loops(), null, null);
  private final EmbeddedChannel channel = new EmbeddedChannel(connection);
  private final List<String> told = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();

  @Override
  public void responded(Response response, long keepAlive) {
    told.add(response.status() + " " + keepAlive);
    bodies.add(response.body().text());
  }

  @Override
  public void failed(OutcomeKind kind, String detail, boolean unseen) {
    told.add(kind + " " + detail + " " + unseen);
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    reactor.close();
  }

  private void begin() {
    new RequestOnConnection(
            TransportFixture.request("http://a.example.com/", TransportFixture.AMPLE),
            connection,
            new PhaseTimer(System::nanoTime),
            this)
        .start();
    channel.runPendingTasks();
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
  }

  @Test
  void sendsAHeadAndABodyInOneBuffer() {
    begin();

    ByteBuf sent = channel.readOutbound();
    assertThat(sent.toString(StandardCharsets.US_ASCII))
        .isEqualTo(
            "POST / HTTP/1.1\r\nHost: a.example.com\r\nContent-Type: application/json\r\n"
                + "webhook-id: evt_1\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
    sent.release();
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
  }

  @Test
  void acceptsAResponseInPiecesOfAnySize() {
    String answer =
        "HTTP/1.1 100 Continue\r\n\r\n\r\nHTTP/1.1 200 OK\r\nKeep-Alive: timeout=5\r\n"
            + "Content-Length: 2\r\n\r\nok";
    for (int size = 1; size <= answer.length(); size++) {
      begin();
      for (int from = 0; from < answer.length(); from += size) {
        receive(answer.substring(from, Math.min(answer.length(), from + size)));
      }
      assertThat(told).hasSize(size).last().isEqualTo("200 5");
    }
  }

  @Test
  void anErrorOfThisNodeEndsItAlone() {
    begin();

    channel.pipeline().fireExceptionCaught(new OutOfMemoryError("of the test"));

    assertThat(told).containsExactly("INTERNAL_ERROR internal error: of the test false");
  }

  /** It would count as a death, and the delivery is found out if it was to blame. */
  @Test
  void errorDuringAResponseIsInternal() {
    begin();

    channel.pipeline().fireExceptionCaught(new StackOverflowError("of the test"));

    assertThat(told).containsExactly("WORKER_DIED internal error: of the test false");
  }

  /** It was told to nobody: the exchange ended at its deadline, and its place was never free. */
  @Test
  void responseCountsByItsStatusDespiteAnInternalFailure() {
    for (Throwable failure : List.of(new StackOverflowError(), new IllegalStateException("x"))) {
      begin();

      channel.writeInbound(
          new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, broken(failure)));
      channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    assertThat(told).containsExactly("200 0", "200 0");
  }

  private static HttpHeaders broken(Throwable failure) {
    return new DefaultHttpHeaders() {
      @Override
      public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
        throw sneaky(failure);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  /** Each chunk once cost a copy of all that had come so far. */
  @Test
  void keepsABodyOfVeryManyPieces() {
    begin();
    receive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    StringBuilder body = new StringBuilder();
    RequestOnConnection turn = Objects.requireNonNull(connection.turn());
    Set<Integer> rooms = new HashSet<>();
    for (int i = 0; i < Response.MAX_BODY; i++) {
      char one = (char) ('a' + i % 26);
      receive("1\r\n" + one + "\r\n");
      body.append(one);
      rooms.add(turn.room());
    }
    receive("0\r\n\r\n");

    assertThat(told).containsExactly("200 -1");
    assertThat(bodies).containsExactly(body.toString());
    assertThat(rooms).as("how often it was copied").hasSizeLessThan(20);
    assertThat(rooms).as("room").isNotEmpty().allMatch(room -> room <= Response.MAX_BODY);
  }

  @Test
  void reportsThatAnIdleConnectionMayHaveBeenClosedUnseen() {
    begin();
    receive("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    connection.keepIdle(System.nanoTime());
    channel.close();

    begin();

    assertThat(told)
        .containsExactly(
            "200 -1", "CONNECTION_CLOSED the connection was closed without a response true");
  }

  @Test
  void closesOnAnUnrequestedResponse() {
    begin();
    receive("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertThat(channel.isOpen()).isTrue();

    receive("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

    assertThat(channel.isOpen()).isFalse();
    assertThat(told).containsExactly("200 -1");
  }

  @Test
  void reportsExhaustedMemory() {
    channel.config().setAllocator(new Exhausted());

    begin();

    assertThat(told).containsExactly("INTERNAL_ERROR internal error: of the test false");
  }

  /** An allocator at its end. */
  private static final class Exhausted extends AbstractByteBufAllocator {
    @Override
    protected ByteBuf newHeapBuffer(int size, int max) {
      throw new OutOfMemoryError("of the test");
    }

    @Override
    protected ByteBuf newDirectBuffer(int size, int max) {
      throw new OutOfMemoryError("of the test");
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }

  @Test
  void refusesTooManyHeaders() {
    begin();

    // Not yet whole, so that it is not the end that is looked at.
    receive("HTTP/1.1 200 OK\r\n" + "a:\r\n".repeat(102));

    assertThat(told).hasSize(1).first().asString().startsWith("PROTOCOL_ERROR");
  }

  @Test
  void refusesABlankBeforeTheFirstHeaderInAnyPieces() {
    String answer = "HTTP/1.1 200 OK\r\n Content-Length: 2\r\n\r\nok";
    for (int cut = 10; cut <= answer.length(); cut++) {
      EmbeddedChannel one = new EmbeddedChannel(new ResponseDecoder(() -> {}));
      HttpResponse head = null;
      Throwable failure = null;
      try {
        one.writeInbound(Unpooled.copiedBuffer(answer.substring(0, cut), ISO_8859_1));
        one.writeInbound(Unpooled.copiedBuffer(answer.substring(cut), ISO_8859_1));
        head = one.readInbound();
      } catch (DecoderException e) {
        failure = e;
      }
      assertThat(failure != null || (head != null && head.decoderResult().isFailure()))
          .as("cut at " + cut)
          .isTrue();
      one.finishAndReleaseAll();
    }
  }

  @Test
  void refusesTooManyLeadingBlanks() {
    begin();

    receive(" ".repeat(10));

    assertThat(told).hasSize(1).first().asString().startsWith("PROTOCOL_ERROR");
  }
}
