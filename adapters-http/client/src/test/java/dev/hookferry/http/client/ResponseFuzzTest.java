package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.contract.support.Fuzz;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever comes is refused or has one reading, in whatever pieces it comes. */
class ResponseFuzzTest {
  private static final String FAILED = "failed";
  private static final List<String> CORPUS =
      AttackCase.ofKind("answer").map(AttackCase::input).filter(t -> t.length() < 1_000).toList();
  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          " ",
          "\t",
          ":",
          ";",
          ",",
          "0",
          "5",
          "a",
          "f",
          "-",
          "+",
          "x",
          "\u0000",
          "\u000b",
          "\u00ff",
          "0\r\n\r\n",
          "chunked",
          "identity",
          "Content-Length: 2\r\n",
          "Content-Length: 3\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: ",
          "HTTP/1.1 200 OK\r\n",
          "HTTP/1.0 ",
          "HTTP/1.1 103 E\r\n\r\n",
          "HTTP/1.1 204 N\r\n",
          "HTTP/1.1 304 N\r\n");

  @Test
  void anAnswerHasOneReadingInWhateverPiecesItComes() {
    Fuzz.tries(
        20_000,
        chance -> {
          String text = Fuzz.mutated(chance, CORPUS, PIECES);
          byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
          assertThat(read(bytes, chance)).as(text).isEqualTo(read(bytes, null));
        });
  }

  /** Returns what is read, as text; split at random, if random is given. */
  private static String read(byte[] bytes, RandomGenerator chance) {
    StringBuilder seen = new StringBuilder();
    EmbeddedChannel channel = new EmbeddedChannel(new ResponseDecoder(() -> {}));
    try {
      for (int from = 0, to; from < bytes.length; from = to) {
        to = chance == null ? bytes.length : Math.min(bytes.length, from + 1 + chance.nextInt(20));
        ByteBuf piece = Unpooled.copiedBuffer(bytes, from, to - from);
        boolean more = channel.writeInbound(piece);
        if (more && note(channel, seen)) {
          return FAILED;
        }
      }
      return channel.finish() && note(channel, seen) ? FAILED : seen.toString();
    } catch (DecoderException refused) {
      return FAILED;
    }
  }

  /** Notes what came; whether it is a failure. */
  private static boolean note(EmbeddedChannel channel, StringBuilder seen) {
    for (Object came = channel.readInbound(); came != null; came = channel.readInbound()) {
      try {
        if (!(came instanceof HttpObject next)) {
          // Behind a change of protocol, where nothing is read.
          continue;
        }
        if (next.decoderResult().isFailure()) {
          return true;
        }
        if (next instanceof HttpResponse head) {
          assertThat(head.status().code()).isBetween(100, 599);
          seen.append(head.protocolVersion()).append(head.status().code());
          head.headers().forEach(h -> seen.append('|').append(h.getKey()).append(h.getValue()));
        }
        if (next instanceof HttpContent content) {
          seen.append(content.content().toString(StandardCharsets.ISO_8859_1));
        }
        seen.append(next instanceof LastHttpContent ? "<end>" : "");
      } finally {
        ReferenceCountUtil.release(came);
      }
    }
    return false;
  }
}
