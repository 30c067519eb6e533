package dev.hookferry.engine.runtime;

import java.util.concurrent.ThreadFactory;

/** Creates daemon threads that are named after their job. */
record NamedThreadFactory(String job) implements ThreadFactory {
  @Override
  public Thread newThread(Runnable action) {
    Thread thread = new Thread(action, "hookferry-" + job);
    thread.setDaemon(true);
    return thread;
  }
}
