package dev.hookferry.http.socket;

import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Defers suspending a connection's reads until data arrives. Undertow suspends them from each
 * request to its response, which costs up to two system calls, although hardly any client sends
 * anything in between. Thread-safe.
 */
final class LazyReads extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private boolean isSuspended = true;

  private LazyReads(StreamSourceConduit next) {
    super(next);
  }

  /** Makes the reads of a new connection without TLS lazy. */
  static void of(StreamConnection connection) {
    ConduitStreamSourceChannel channel = connection.getSourceChannel();
    LazyReads lazy = new LazyReads(channel.getConduit());
    lazy.setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(channel));
    channel.setConduit(lazy);
  }

  @Override
  public synchronized void suspendReads() {
    isSuspended = true;
  }

  @Override
  public synchronized void resumeReads() {
    isSuspended = false;
    super.resumeReads();
  }

  @Override
  public synchronized void wakeupReads() {
    if (isSuspended) {
      // The selector is woken only if this changes what it waits for.
      super.suspendReads();
    }
    isSuspended = false;
    super.wakeupReads();
  }

  @Override
  public synchronized boolean isReadResumed() {
    return !isSuspended && super.isReadResumed();
  }

  private synchronized boolean suspendIfAsked() {
    if (isSuspended) {
      super.suspendReads();
    }
    return isSuspended;
  }

  @Override
  public void setReadReadyHandler(ReadReadyHandler handler) {
    super.setReadReadyHandler(
        new ReadReadyHandler() {
          @Override
          public void readReady() {
            if (!suspendIfAsked()) {
              handler.readReady();
            }
          }

          @Override
          public void forceTermination() {
            handler.forceTermination();
          }

          @Override
          public void terminated() {
            handler.terminated();
          }
        });
  }
}
