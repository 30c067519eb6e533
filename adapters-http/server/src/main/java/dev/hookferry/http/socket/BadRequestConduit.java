package dev.hookferry.http.socket;

import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.ProblemJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Replaces the bodiless 400 that Undertow sends itself, before any handler runs, with problem
 * details; the connection is then closed. Runs on the connection's IO thread.
 */
public final class BadRequestConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private static final byte[] START = "HTTP/1.1 400 ".getBytes(StandardCharsets.US_ASCII);
  private static final String BARE = "\r\nContent-Length: 0\r\n";
  private static final ByteBuffer FILLED = filled();

  /** The part of the replacement that is still to be written. */
  private @Nullable ByteBuffer rest;

  private BadRequestConduit(StreamSinkConduit next) {
    super(next);
  }

  /** Watches all later replies of a connection. */
  public static void fillIn(StreamConnection connection) {
    connection
        .getSinkChannel()
        .setConduit(new BadRequestConduit(connection.getSinkChannel().getConduit()));
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (rest == null && !isBare(source)) {
      return super.write(source);
    }
    ByteBuffer sending = rest == null ? FILLED.duplicate() : rest;
    rest = sending;
    while (sending.hasRemaining()) {
      if (super.write(sending) == 0) {
        // Called again with the same bytes once the socket accepts more.
        return 0;
      }
    }
    int length = source.remaining();
    source.position(source.limit());
    return length;
  }

  /** Returns whether this is Undertow's own 400: those of Hookferry always have a body. */
  private static boolean isBare(ByteBuffer source) {
    for (int i = 0; i < START.length; i++) {
      if (i >= source.remaining() || source.get(source.position() + i) != START[i]) {
        return false;
      }
    }
    byte[] head = new byte[source.remaining()];
    source.duplicate().get(head);
    return new String(head, StandardCharsets.ISO_8859_1).contains(BARE);
  }

  private static ByteBuffer filled() {
    HttpReply problem =
        ProblemJson.reply(
            400,
            "malformed HTTP/1.1 request, or its head exceeds 16 KiB or 100" + " headers",
            List.of());
    String head =
        "HTTP/1.1 400 Bad Request\r\nContent-Type: "
            + problem.contentType()
            + "\r\nContent-Length: "
            + problem.body().length
            + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff"
            + "\r\nConnection: close\r\n\r\n";
    return bytes(head + new String(problem.body(), StandardCharsets.UTF_8));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
  }
}
