package dev.hookferry.http.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexer;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP on one connection; an error there ends it alone, not the thread with all others. */
final class GuardedHandler extends ClientHttp1IOEventHandler {
  private static final System.Logger LOG = System.getLogger(GuardedHandler.class.getName());

  /** An error of the JVM or of ours, such as too little memory. */
  static final class OwnFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OwnFault(Error cause) {
      super(cause);
    }
  }

  GuardedHandler(ClientHttp1StreamDuplexer duplexer) {
    super(duplexer);
  }

  @Override
  public void connected(IOSession session) throws IOException {
    try {
      super.connected(session);
    } catch (Error e) {
      end(session, e);
    }
  }

  @Override
  public void inputReady(IOSession session, @Nullable ByteBuffer source) throws IOException {
    try {
      super.inputReady(session, source);
    } catch (Error e) {
      end(session, e);
    }
  }

  @Override
  public void outputReady(IOSession session) throws IOException {
    try {
      super.outputReady(session);
    } catch (Error e) {
      end(session, e);
    }
  }

  private void end(IOSession session, Error error) {
    LOG.log(System.Logger.Level.ERROR, "a connection ends by an error of this node", error);
    exception(session, new OwnFault(error));
  }
}
