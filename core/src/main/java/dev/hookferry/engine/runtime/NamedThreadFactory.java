package dev.hookferry.engine.runtime;

import java.util.concurrent.ThreadFactory;

/** Makes threads that end with the process and are called by what they do. */
record NamedThreadFactory(String job) implements ThreadFactory {
  @Override
  public Thread newThread(Runnable action) {
    Thread thread = new Thread(action, "hookferry-" + job);
    thread.setDaemon(true);
    return thread;
  }
}
