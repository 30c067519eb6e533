package dev.hookferry.http.options;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The files of the server's certificate and key, checked periodically so that a renewed certificate
 * takes effect without a restart.
 *
 * @param certificate PEM: the server's certificate, then the chain to its authority
 * @param key PEM: the certificate's private key, unencrypted
 * @param lookEvery interval between checks, above 0
 */
public record TlsFiles(Path certificate, Path key, Duration lookEvery) {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** Returns these files with an interval of five seconds. */
  public static TlsFiles of(Path certificate, Path key) {
    return new TlsFiles(certificate, key, LOOK_EVERY);
  }
}
