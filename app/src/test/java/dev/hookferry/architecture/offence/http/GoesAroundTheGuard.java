package dev.hookferry.architecture.offence.http;

import java.io.IOException;
import java.net.Socket;

/** A connection that nobody judged. */
public final class GoesAroundTheGuard {
  Socket open(String host) throws IOException {
    return new Socket(host, 443);
  }
}
