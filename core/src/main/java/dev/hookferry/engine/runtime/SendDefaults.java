package dev.hookferry.engine.runtime;

import dev.hookferry.body.BodyMaker;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.signer.Signers;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Settings shared by the requests to all endpoints.
 *
 * @param userAgent sent with every request: 1 to 200 visible ASCII characters and spaces
 * @param deadline total time limit of an attempt: 100 milliseconds to 30 seconds
 * @param bodies builds the bodies of endpoints with a custom body
 * @param signers sign with the keys of sites that are kept outside the store
 * @param tracing how attempts take part in distributed traces
 */
public record SendDefaults(
    String userAgent,
    Duration deadline,
    BodyMaker bodies,
    Signers signers,
    AttemptTracing tracing) {
  /** The defaults of a new process. */
  public static final SendDefaults DEFAULT =
      new SendDefaults(
          "Hookferry",
          Duration.ofSeconds(15),
          BodyMaker.WITHOUT_MAPPERS,
          Signers.NONE,
          AttemptTracing.OFF);

  private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern USER_AGENT = Pattern.compile("[!-~](?:[ -~]{0,198}[!-~])?");

  /**
   * Returns a copy with the given user agent.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public SendDefaults withUserAgent(String userAgent) {
    if (!USER_AGENT.matcher(Objects.requireNonNull(userAgent, "userAgent")).matches()) {
      throw new IllegalArgumentException(
          "userAgent must be 1 to 200 visible ASCII characters, with spaces only between them (got \""
              + userAgent
              + "\")");
    }
    return new SendDefaults(userAgent, deadline, bodies, signers, tracing);
  }

  /**
   * Returns a copy with the given time limit.
   *
   * @throws IllegalArgumentException if it is out of bounds
   */
  public SendDefaults withAttemptTimeout(Duration attemptTimeout) {
    Objects.requireNonNull(attemptTimeout, "attemptTimeout");
    if (attemptTimeout.compareTo(MIN_TIMEOUT) < 0 || attemptTimeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "attemptTimeout must be between 100 ms and 30 s (got " + attemptTimeout + ")");
    }
    return new SendDefaults(userAgent, attemptTimeout, bodies, signers, tracing);
  }

  /** Returns a copy with the given signers. */
  public SendDefaults withSigners(Signers signers) {
    return new SendDefaults(userAgent, deadline, bodies, signers, tracing);
  }

  /** Returns a copy with the given tracing. */
  public SendDefaults withTracing(AttemptTracing tracing) {
    return new SendDefaults(userAgent, deadline, bodies, signers, tracing);
  }

  /** Returns a copy with the given maker of bodies. */
  public SendDefaults withBodies(BodyMaker bodies) {
    return new SendDefaults(userAgent, deadline, bodies, signers, tracing);
  }
}
