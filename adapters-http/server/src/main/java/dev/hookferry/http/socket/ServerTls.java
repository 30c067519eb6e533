package dev.hookferry.http.socket;

import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.refusal.InvalidException;
import io.prometheus.metrics.core.metrics.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The server's certificate, reloaded when its files change. If the new files cannot be used, the
 * previous certificate stays and the log says why. Thread-safe.
 */
public final class ServerTls {
  /** TLS versions offered, newest first; older ones are refused. */
  public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");
  private static final long MAX_BYTES = 1 << 20;
  private static final Duration SOON = Duration.ofDays(14);

  private final TlsFiles files;
  private final InstantSource clock;
  private final Counter reloads;
  private byte[] certificate;
  private byte[] key;
  private SSLContext context;
  private volatile Instant expires;
  private String complained = "";

  /**
   * Loads the certificate.
   *
   * @throws InvalidException if it cannot be used
   */
  public ServerTls(TlsFiles files, InstantSource clock, Metrics metrics) {
    this.files = files;
    this.clock = clock;
    reloads = metrics.counter("hookferry_tls_reloads_total", "Certificate reloads.", "result");
    reloads.initLabelValues("taken");
    reloads.initLabelValues("refused");
    try {
      certificate = read(files.certificate());
      key = read(files.key());
      PemPair pair = PemPair.read(certificate, key);
      context = pair.context();
      expires = pair.expires();
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(e);
    }
    metrics.gauge(
        "hookferry_tls_certificate_expiry_timestamp_seconds",
        "Expiry of the server's certificate.",
        () -> (double) expires.getEpochSecond());
    warnOfExpiry();
  }

  private static InvalidException unusable(Exception failure) {
    return InvalidException.of("listen.tls", "cannot be used: " + reason(failure));
  }

  /**
   * Loads the certificate as a server does, without using it, and returns when it expires.
   *
   * @throws InvalidException if it cannot be used
   */
  public static Instant check(TlsFiles files) {
    try {
      PemPair pair = PemPair.read(read(files.certificate()), read(files.key()));
      var unused = pair.context();
      return pair.expires();
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  /** Returns the current TLS context. */
  public synchronized SSLContext context() {
    return context;
  }

  /**
   * Checks the files. Returns the new TLS context if they have changed and can be used, else empty.
   */
  public synchronized Optional<SSLContext> refresh() {
    try {
      byte[] newCertificate = read(files.certificate());
      byte[] newKey = read(files.key());
      if (Arrays.equals(certificate, newCertificate) && Arrays.equals(key, newKey)) {
        return Optional.empty();
      }
      // Remembered even if unusable, so that each pair is reported once.
      certificate = newCertificate;
      key = newKey;
      PemPair pair = PemPair.read(newCertificate, newKey);
      context = pair.context();
      expires = pair.expires();
      reloads.labelValues("taken").inc();
      LOG.log(System.Logger.Level.INFO, "certificate reloaded expiresAt={0}", expires);
      warnOfExpiry();
      return Optional.of(context);
    } catch (IOException | GeneralSecurityException e) {
      complain(e);
      return Optional.empty();
    }
  }

  private void complain(Exception failure) {
    String reason = reason(failure);
    boolean same = failure instanceof IOException && reason.equals(complained);
    complained = reason;
    if (!same) {
      reloads.labelValues("refused").inc();
      LOG.log(
          System.Logger.Level.WARNING,
          "certificate not reloaded: the previous one stays in use file={0} cause=\"{1}\"",
          files.certificate(),
          reason);
    }
  }

  private void warnOfExpiry() {
    if (expires.isBefore(clock.instant().plus(SOON))) {
      LOG.log(
          System.Logger.Level.WARNING,
          "certificate expires soon file={0} expiresAt={1}",
          files.certificate(),
          expires);
    }
  }

  private static String reason(Exception failure) {
    return failure instanceof IOException
        ? failure.getClass().getSimpleName() + ": " + failure.getMessage()
        : String.valueOf(failure.getMessage());
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is too large to be a PEM file");
    }
    return Files.readAllBytes(file);
  }

  /** Returns the enabled cipher suites of TLS 1.2 and 1.3: only those with forward secrecy. */
  public static String[] suites() {
    try {
      return Stream.of(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites())
          .filter(
              suite ->
                  (suite.startsWith("TLS_ECDHE_") && !suite.contains("_CBC_"))
                      || suite.startsWith("TLS_AES_")
                      || suite.startsWith("TLS_CHACHA20_"))
          .toArray(String[]::new);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }
}
