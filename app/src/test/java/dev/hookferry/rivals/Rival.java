package dev.hookferry.rivals;

import java.util.stream.Stream;

/** Keeps jobs in PostgreSQL and sends each webhook, as its documentation recommends. */
public interface Rival extends AutoCloseable {
  /** Takes jobs that are ready from now on; none is begun before {@link #start}. */
  void take(Stream<Job> jobs);

  /** Begins to work. */
  void start();

  /** Ends to work, and can be started again. */
  void stop();

  @Override
  void close();
}
