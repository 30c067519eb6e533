package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.transport.SignedRequest;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A single request on a connection. Runs on the connection's thread; completes exactly once. */
final class RequestOnConnection implements Runnable {
  private static final System.Logger LOG = System.getLogger(RequestOnConnection.class.getName());
  private static final int MAX_INFORMATION = 10;
  private static final int PIECE = 16 * 1024;
  private static final int INITIAL_HEAD = 1024;
  private static final byte[] NOTHING = new byte[0];

  private final SignedRequest request;
  private final Connection connection;
  private final PhaseTimer watch;
  private final ResponseListener listener;
  private final AtomicBoolean ended = new AtomicBoolean();
  private int written;
  private int information;
  private @Nullable HttpResponse head;
  private byte[] bodyBytes = NOTHING;
  private int kept;

  /** Called once with the result, unless the request was abandoned. */
  interface ResponseListener {
    /**
     * Receives the response.
     *
     * @param keepAlive announced keep-alive time in seconds; 0 if the connection cannot be reused,
     *     negative if the receiver announced none
     */
    void responded(Response response, long keepAlive);

    /**
     * Reports that no complete response was received.
     *
     * @param unseen whether the receiver may have closed an idle connection before it saw the
     *     request
     */
    void failed(OutcomeKind kind, String detail, boolean unseen);
  }

  RequestOnConnection(
      SignedRequest request, Connection connection, PhaseTimer watch, ResponseListener listener) {
    this.request = request;
    this.connection = connection;
    this.watch = watch;
    this.listener = listener;
  }

  void start() {
    try {
      connection.execute(this);
    } catch (RejectedExecutionException e) {
      fail(OutcomeKind.INTERNAL_ERROR, "a network thread of this node died", false);
    }
  }

  /**
   * Abandons the request; returns false if it has ended already. If this returns true, the caller
   * must close the connection.
   */
  boolean abandon() {
    return ended.compareAndSet(false, true);
  }

  @Override
  public void run() {
    if (ended.get()) {
      return;
    }
    if (!connection.begin(this)) {
      failed(new ClosedChannelException());
      return;
    }
    try {
      begin();
    } catch (RuntimeException | Error e) {
      // Out of memory, for example. The thread would continue and report nothing.
      failed(e);
    }
  }

  private void begin() {
    watch.writing();
    byte[] body = request.body().unsafeBytes();
    int piece = Math.min(PIECE, body.length);
    ByteBuf first = connection.buffer(INITIAL_HEAD + piece);
    RequestEncoder.writeHead(request, connection.hostLine(), first);
    connection.write(first.writeBytes(body, 0, piece));
    written = piece;
    connection.flush();
    write();
  }

  /** Writes as much of the body as the socket accepts now. */
  void write() {
    byte[] body = request.body().unsafeBytes();
    if (written == body.length) {
      return;
    }
    while (written < body.length && connection.isWritable()) {
      int piece = Math.min(PIECE, body.length - written);
      connection.write(connection.buffer(piece).writeBytes(body, written, piece));
      written += piece;
    }
    connection.flush();
  }

  /** Records that the first bytes of a response arrived. */
  void responseBegins() {
    watch.responseBegan();
  }

  /** Handles the head of a response. */
  void head(HttpResponse came) {
    int status = came.status().code();
    if (came.decoderResult().isFailure()) {
      failed(came.decoderResult().cause());
    } else if (!ResponseHead.isHttp1(came) || status > 599 || status < 100) {
      refuse("the HTTP version or status of the response is invalid");
    } else if (ResponseHead.isAmbiguous(came)) {
      refuse("the response has both Content-Length and Transfer-Encoding");
    } else if (!ResponseHead.isKnownEncoding(came)) {
      refuse("the response has an unsupported transfer encoding");
    } else if (status == 101) {
      // A protocol switch was not requested, and the bytes after it are not HTTP.
      head = came;
      responded(true, true);
    } else if (status >= 200) {
      head = came;
    } else {
      information++;
      if (information > MAX_INFORMATION) {
        refuse("too many interim responses");
      }
    }
  }

  /**
   * Handles a part of a response body. The last part of an interim response comes without a head.
   */
  void content(HttpContent came) {
    if (came.decoderResult().isFailure()) {
      failed(came.decoderResult().cause());
      return;
    }
    if (head == null) {
      return;
    }
    ByteBuf bytes = came.content();
    int room = Math.min(Response.MAX_BODY - kept, bytes.readableBytes());
    if (room > 0) {
      keep(bytes, room);
    }
    if (bytes.isReadable() || isAnnouncedLonger()) {
      responded(true, true);
    } else if (came instanceof LastHttpContent) {
      responded(false, false);
    }
  }

  /**
   * Stores body bytes. The first piece allocates a buffer of its size; when the buffer is full, it
   * is doubled, or enlarged to what the next piece needs.
   */
  private void keep(ByteBuf bytes, int count) {
    int needed = kept + count;
    if (needed > bodyBytes.length) {
      int room = kept == 0 ? needed : Math.max(needed, Math.min(2 * kept, Response.MAX_BODY));
      bodyBytes = Arrays.copyOf(bodyBytes, room);
    }
    bytes.readBytes(bodyBytes, kept, count);
    kept = needed;
  }

  /** Returns the number of bytes allocated for the response body. */
  int room() {
    return bodyBytes.length;
  }

  private boolean isAnnouncedLonger() {
    HttpResponse whole = head;
    return kept == Response.MAX_BODY
        && whole != null
        && ResponseHead.announced(whole) > Response.MAX_BODY;
  }

  private void responded(boolean truncated, boolean cut) {
    HttpResponse whole = head;
    if (whole == null || ended.get()) {
      return;
    }
    Response response = response(whole, truncated);
    long keepAlive = cut ? 0 : keepAlive(whole);
    // After this, only the listener ends the exchange, so nothing may throw from here on.
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    connection.end();
    if (cut) {
      connection.cut();
    }
    listener.responded(response, keepAlive);
  }

  /** Returns the response. Only the status matters: parts that cannot be read are omitted. */
  private Response response(HttpResponse whole, boolean truncated) {
    HttpHeaders headers = whole.headers();
    int status = whole.status().code();
    try {
      return new Response(
          status,
          Payload.wrap(kept == bodyBytes.length ? bodyBytes : Arrays.copyOf(bodyBytes, kept)),
          truncated && status != 101,
          ResponseHead.header(headers, "Content-Type"),
          ResponseHead.header(headers, "Retry-After"),
          ResponseHead.kept(headers));
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "internal error: response not stored", e);
      return new Response(status, Payload.empty(), true, null, null);
    }
  }

  private long keepAlive(HttpResponse whole) {
    try {
      return isReusable(whole) ? ResponseHead.keepAlive(whole.headers()) : 0;
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "internal error: connection not kept alive", e);
      return 0;
    }
  }

  private boolean isReusable(HttpResponse whole) {
    return written == request.body().size()
        && connection.isFlushed()
        && connection.isDrained()
        && connection.isOpen()
        && ResponseHead.isKept(whole);
  }

  /** Fails the request because its connection was closed or received an invalid response. */
  void failed(Throwable cause) {
    if (connection.isBroken()) {
      fail(OutcomeKind.INTERNAL_ERROR, "a network thread of this node died", false);
      return;
    }
    boolean began = connection.hasResponseBegun();
    NetworkFailure.Failure failure =
        NetworkFailure.ofExchange(cause, connection.route().host(), began);
    boolean unseen = connection.isUsed() && !began && NetworkFailure.isCut(cause);
    fail(failure.kind(), failure.detail(), unseen);
  }

  /** Fails the request because its response is rejected. */
  void refuse(String detail) {
    fail(OutcomeKind.PROTOCOL_ERROR, detail, false);
  }

  /** Fails the request; the listener closes the connection. */
  private void fail(OutcomeKind kind, String detail, boolean unseen) {
    if (ended.compareAndSet(false, true)) {
      listener.failed(kind, detail, unseen);
    }
  }
}
