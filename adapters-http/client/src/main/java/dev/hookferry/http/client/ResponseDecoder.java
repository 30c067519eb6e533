package dev.hookferry.http.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Parses responses within limits. Netty skips any number of bytes before a response; this allows at
 * most a few blank lines.
 */
final class ResponseDecoder extends HttpResponseDecoder {
  private static final int MAX_BLANK = 4;
  private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

  private final Runnable whenBegun;
  private boolean started;
  private boolean between = true;
  private int blank;
  private boolean headersBegin;
  private ByteBuf source = Unpooled.EMPTY_BUFFER;

  /**
   * Creates a decoder.
   *
   * @param whenBegun runs when the first bytes of a response arrive
   */
  ResponseDecoder(Runnable whenBegun) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(8 * 1024)
            .setMaxHeaderSize(64 * 1024)
            .setHeadersFactory(BoundedHeaders.FACTORY)
            .setTrailersFactory(BoundedHeaders.FACTORY));
    this.whenBegun = whenBegun;
  }

  /** Resets the decoder before the next response. */
  void startOver() {
    started = false;
  }

  /** Returns whether any bytes have arrived since {@link #startOver}. */
  boolean hasBegun() {
    return started;
  }

  /** Returns whether all received bytes have been consumed. */
  boolean isDrained() {
    return actualReadableBytes() == 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (!started) {
      started = true;
      whenBegun.run();
    }
    super.channelRead(context, message);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (between && !begins(in)) {
      return;
    }
    int before = out.size();
    source = in;
    judgeFirstHeader();
    super.decode(context, in, out);
    source = Unpooled.EMPTY_BUFFER;
    if (out.size() > before && out.get(out.size() - 1) instanceof LastHttpContent) {
      between = true;
      blank = 0;
    }
  }

  /**
   * Rejects a folded line before the first header: Netty takes it for a header, other parsers do
   * not (RFC 9112, 2.2). Must be called between the first line and the next.
   */
  private void judgeFirstHeader() {
    if (headersBegin && source.isReadable()) {
      headersBegin = false;
      byte first = source.getByte(source.readerIndex());
      if (first == ' ' || first == '\t') {
        throw new DecoderException("whitespace before the first header");
      }
    }
  }

  private boolean begins(ByteBuf in) {
    while (in.isReadable()) {
      byte first = in.getByte(in.readerIndex());
      if (first == 'H') {
        between = false;
        return true;
      }
      if ((first != '\r' && first != '\n') || ++blank > MAX_BLANK) {
        in.skipBytes(in.readableBytes());
        throw new DecoderException("it does not begin with HTTP");
      }
      in.skipBytes(1);
    }
    return false;
  }

  /**
   * Checks the status line here because Netty is too lenient: it accepts {@code +200}, for example.
   * It also quotes rejected lines in upper case, where redaction would miss an echoed secret.
   */
  @Override
  protected HttpMessage createMessage(String[] line) {
    boolean isVersion = line[0].equals("HTTP/1.1") || line[0].equals("HTTP/1.0");
    if (!isVersion || !STATUS.matcher(line[1]).matches()) {
      throw new DecoderException("the HTTP version or status of the response is invalid");
    }
    headersBegin = true;
    judgeFirstHeader();
    return super.createMessage(line);
  }

  /** Leaves both headers in place, so that the head is rejected. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {}
}
