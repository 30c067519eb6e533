package dev.hookferry.engine.runtime;

import dev.hookferry.field.DurationText;
import dev.hookferry.signer.SignerException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls a signer on a new thread, and waits for it up to a time limit. For infrequent calls. */
public final class TimedCall {
  private TimedCall() {}

  /**
   * Returns the result of a call.
   *
   * @throws SignerException if the call takes longer or the caller is interrupted; the call is then
   *     interrupted
   */
  public static <T> T of(Duration limit, Supplier<T> call) {
    FutureTask<T> task = new FutureTask<>(call::get);
    new NamedThreadFactory("signer-call").newThread(task).start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new SignerException("the signer took longer than " + DurationText.of(limit), e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new SignerException("the call to the signer was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    }
  }
}
