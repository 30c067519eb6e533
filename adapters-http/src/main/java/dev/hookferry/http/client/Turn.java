package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.port.SignedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** One request on one connection. Called by the connection's thread; ends exactly once. */
final class Turn implements AsyncClientExchangeHandler {
  /** Under this name a turn is found from its context. */
  static final String CONTEXT = "hookferry.turn";

  private static final int MAX_INFORMATION = 10;

  private final SignedRequest request;
  private final Connection connection;
  private final Listener listener;
  private final ByteBuffer body;
  private final long receivedBefore;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean sent;
  private int information;
  private @Nullable HttpResponse head;
  private long announced = -1;
  private @Nullable ByteArrayOutputStream answer;

  /** Told once how it ended, unless it was abandoned. */
  interface Listener {
    /**
     * An answer came.
     *
     * @param keepAlive how long the receiver says that it keeps the connection, in seconds; 0 if
     *     the connection cannot be used again; negative if it does not say
     */
    void answered(Response response, long keepAlive);

    /**
     * No whole answer came.
     *
     * @param unseen whether it may be that the receiver closed a rested connection unseen
     */
    void failed(OutcomeKind kind, String detail, boolean unseen);
  }

  Turn(SignedRequest request, Connection connection, Listener listener) {
    this.request = request;
    this.connection = connection;
    this.listener = listener;
    this.body = request.body().view();
    this.receivedBefore = connection.received();
  }

  void start() {
    HttpCoreContext context = HttpCoreContext.create();
    context.setAttribute(CONTEXT, this);
    connection.execute(this, context);
  }

  /** Ends it from outside; false if it has ended. The connection is to be cut then. */
  boolean abandon() {
    return ended.compareAndSet(false, true);
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    if (ended.get()) {
      throw new ConnectionClosedException("given up before it was sent");
    }
    BasicHttpRequest head = new BasicHttpRequest("POST", (HttpHost) null, null);
    // Set, not given to the constructor, which would take a path that begins with // apart.
    head.setPath(request.url().pathAndQuery());
    head.addHeader("Host", connection.route().authority());
    for (SignedRequest.Header header : request.headers()) {
      head.addHeader(header.name(), header.value());
    }
    head.addHeader("Content-Length", Integer.toString(body.remaining()));
    sent = !body.hasRemaining();
    EntityDetails details = sent ? null : new BasicEntityDetails(body.remaining(), null);
    channel.sendRequest(head, details, context);
  }

  @Override
  public int available() {
    return body.remaining();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    channel.write(body);
    if (!body.hasRemaining() && !sent) {
      sent = true;
      channel.endStream();
    }
  }

  /** A 100 came, which the library does not report. */
  void informed() {
    information++;
    if (information > MAX_INFORMATION) {
      fail(OutcomeKind.PROTOCOL_ERROR, "too many interim answers came", false);
      connection.cut();
    }
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context) {
    if (response.getCode() == 101) {
      // Nobody asked to change the protocol, and what follows is none that is spoken here.
      head = response;
      answered(true, true);
    } else {
      informed();
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
    if (response.getCode() > 599) {
      fail(OutcomeKind.PROTOCOL_ERROR, "the status " + response.getCode() + " is none", false);
      connection.cut();
      return;
    }
    head = response;
    if (entity == null) {
      answered(false, false);
    } else {
      announced = entity.getContentLength();
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(Response.MAX_BODY);
  }

  @Override
  public void consume(ByteBuffer source) {
    ByteArrayOutputStream kept = answer;
    if (kept == null) {
      kept = new ByteArrayOutputStream(Math.min(source.remaining(), Response.MAX_BODY));
      answer = kept;
    }
    int room = Math.min(Response.MAX_BODY - kept.size(), source.remaining());
    for (int i = 0; i < room; i++) {
      kept.write(source.get());
    }
    boolean full = kept.size() == Response.MAX_BODY;
    if (source.hasRemaining() || (full && announced > Response.MAX_BODY)) {
      answered(true, true);
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    answered(false, false);
  }

  private void answered(boolean truncated, boolean cut) {
    HttpResponse whole = head;
    if (whole == null || !ended.compareAndSet(false, true)) {
      return;
    }
    if (cut) {
      connection.cut();
    }
    byte[] bytes = answer == null ? new byte[0] : answer.toByteArray();
    Response response =
        new Response(
            whole.getCode(),
            Payload.wrap(bytes),
            truncated && whole.getCode() != 101,
            Answers.header(whole, "Content-Type"),
            Answers.header(whole, "Retry-After"));
    boolean reusable = !cut && sent && connection.isOpen();
    listener.answered(response, reusable ? Answers.keepAlive(whole) : 0);
  }

  @Override
  public void failed(Exception cause) {
    // A network thread that ends is interrupted, and tells of closed connections on its way.
    if (connection.isBroken() || Thread.currentThread().isInterrupted()) {
      fail(OutcomeKind.INTERNAL_ERROR, "a network thread of this node died", false);
      return;
    }
    boolean answerBegan = connection.received() > receivedBefore;
    Failures.Failure failure = Failures.ofExchange(cause, connection.route().host(), answerBegan);
    boolean unseen = connection.isUsed() && !answerBegan && Failures.isCut(cause);
    fail(failure.kind(), failure.detail(), unseen);
  }

  @Override
  public void cancel() {
    failed(new ConnectionClosedException());
  }

  @Override
  public void releaseResources() {
    if (!ended.get()) {
      cancel();
    }
  }

  private void fail(OutcomeKind kind, String detail, boolean unseen) {
    if (ended.compareAndSet(false, true)) {
      listener.failed(kind, detail, unseen);
    }
  }
}
