package dev.hookferry.http.client.proxy;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The client's side of the handshake with a proxy; serves one connection. */
interface ProxyHandshake {
  /** Returns the first bytes to send. */
  byte[] begin();

  /**
   * Returns whether the request to connect was sent, after which the receiver may cause a delay.
   */
  boolean hasAsked();

  /**
   * Reads bytes from the proxy, consuming complete messages.
   *
   * @return the bytes to send next; empty while more must arrive, null once the tunnel is open
   * @throws ProxyException if the proxy fails or refuses
   */
  byte @Nullable [] read(ByteBuf received) throws ProxyException;
}
