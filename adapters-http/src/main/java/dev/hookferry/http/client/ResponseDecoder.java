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
 * Reads answers within bounds. The library passes over whatever may stand before an answer, without
 * end; here that is a blank line or two.
 */
final class ResponseDecoder extends HttpResponseDecoder {
  private static final int MAX_BLANK = 4;
  private static final Pattern VERSION = Pattern.compile("HTTP/1\\.[01]");
  private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

  private final Runnable whenBegun;
  private boolean begun;
  private boolean between = true;
  private int blank;
  private boolean headersBegin;
  private ByteBuf source = Unpooled.EMPTY_BUFFER;

  /**
   * Makes one.
   *
   * @param whenBegun is run when the first bytes of an answer came
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

  /** Forgets that anything came so far. */
  void startOver() {
    begun = false;
  }

  /** Whether anything came since. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether nothing is left behind what was read. */
  boolean isDrained() {
    return actualReadableBytes() == 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (!begun) {
      begun = true;
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
   * A fold of no header: the library takes it for a header, others for none (RFC 9112, 2.2). To be
   * called between the first line and the next.
   */
  private void judgeFirstHeader() {
    if (headersBegin && source.isReadable()) {
      headersBegin = false;
      byte first = source.getByte(source.readerIndex());
      if (first == ' ' || first == '\t') {
        throw new DecoderException("a blank stands before its first header");
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
   * The library reads more than there is, such as {@code +200}, and tells what it cannot read in
   * capital letters, in which a secret sent back would not be known again.
   */
  @Override
  protected HttpMessage createMessage(String[] line) {
    if (!VERSION.matcher(line[0]).matches() || !STATUS.matcher(line[1]).matches()) {
      throw new DecoderException("the version or the status of the answer is none");
    }
    headersBegin = true;
    judgeFirstHeader();
    return super.createMessage(line);
  }

  /** Leaves the contradiction where it is, for the head to be refused. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {}
}
