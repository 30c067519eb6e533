package dev.hookferry.http.options;

import dev.hookferry.refusal.InvalidException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The files of the server's certificate and key, checked periodically so that a renewed certificate
 * takes effect without a restart.
 *
 * <p>Immutable.
 */
public final class TlsFiles {
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  private final Path certificate;
  private final Path key;
  private final Duration checkInterval;

  private TlsFiles(Path certificate, Path key, Duration checkInterval) {
    this.certificate = certificate;
    this.key = key;
    this.checkInterval = checkInterval;
  }

  /**
   * Returns these files, checked every five seconds.
   *
   * @param certificate PEM: the server's certificate, then the chain to its authority
   * @param key PEM: the certificate's private key, unencrypted
   */
  public static TlsFiles of(Path certificate, Path key) {
    return new TlsFiles(certificate, key, CHECK_INTERVAL);
  }

  /** Returns a copy with the given interval between checks: at least 1 ms. */
  public TlsFiles withCheckInterval(Duration interval) {
    if (interval.toMillis() < 1) {
      throw InvalidException.of("checkInterval", "must be at least 1 ms (got " + interval + ")");
    }
    return new TlsFiles(certificate, key, interval);
  }

  /** Returns the file with the server's certificate and the chain to its authority. */
  public Path certificate() {
    return certificate;
  }

  /** Returns the file with the certificate's private key. */
  public Path key() {
    return key;
  }

  /** Returns the interval between checks. */
  public Duration checkInterval() {
    return checkInterval;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TlsFiles files
        && certificate.equals(files.certificate)
        && key.equals(files.key)
        && checkInterval.equals(files.checkInterval);
  }

  @Override
  public int hashCode() {
    return Objects.hash(certificate, key, checkInterval);
  }

  /** Returns both paths. */
  @Override
  public String toString() {
    return certificate + ", " + key;
  }
}
