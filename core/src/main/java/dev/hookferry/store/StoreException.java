package dev.hookferry.store;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the store failed. Nothing was changed, unless it is an {@link
 * UnknownOutcomeException}.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Maximum number of causes to follow, in case the chain is circular. */
  private static final int DEEPEST = 10;

  private final @Nullable String advice;

  /** Creates the exception with a cause. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
    advice = null;
  }

  /** Creates the exception without a cause. */
  public StoreException(String message) {
    super(message);
    advice = null;
  }

  /**
   * Creates the exception for a problem with a known remedy. The message contains both, separated
   * by a semicolon.
   *
   * @param problem what is wrong
   * @param advice what the operator can do about it, as an imperative
   * @param cause the cause, or null
   */
  public StoreException(String problem, String advice, @Nullable Throwable cause) {
    super(problem + "; " + advice, cause);
    this.advice = Objects.requireNonNull(advice, "advice");
  }

  /** Returns what the operator can do about it, as an imperative; empty if unknown. */
  public Optional<String> advice() {
    return Optional.ofNullable(advice);
  }

  /**
   * Returns a short description of the root cause for a log line, such as {@code Connection
   * refused}. It is the first line of the message of the innermost cause that has one.
   */
  public String rootCause() {
    Throwable root = this;
    Throwable cause = this;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      String message = cause.getMessage();
      root = message == null || message.isBlank() ? root : cause;
      cause = cause.getCause();
    }
    String text = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    // A single word is often just the name of a host or file, which does not explain the failure.
    boolean isClear = root == this || (text.contains(" ") && !(root instanceof Error));
    return isClear ? text : root.getClass().getSimpleName() + ": " + text;
  }

  /**
   * Returns whether the whole store is temporarily unavailable; false if only this call was refused
   * or too slow, or if the store has stopped permanently.
   */
  public boolean isOutage() {
    return true;
  }
}
