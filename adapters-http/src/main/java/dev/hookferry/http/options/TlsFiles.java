package dev.hookferry.http.options;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the server's certificate and its key are. They are looked at again and again, so that new
 * ones hold without a restart.
 *
 * @param certificate PEM: the server's certificate, then those that lead to its authority
 * @param key PEM: the certificate's private key, not encrypted
 * @param lookEvery how often; above nothing
 */
public record TlsFiles(Path certificate, Path key, Duration lookEvery) {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** These files, looked at every five seconds. */
  public static TlsFiles of(Path certificate, Path key) {
    return new TlsFiles(certificate, key, LOOK_EVERY);
  }
}
