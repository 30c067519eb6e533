package dev.hookferry.app.migration.sender;

import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Facts about the other system that its API does not provide.
 *
 * @param now the time of the import
 * @param pageSize entries per page, or 0 for the most that the API allows
 * @param scopes the tenants or projects to read; empty for all
 * @param signature how its requests are signed, or null for its default
 * @param retry its retry rule, or null for its default
 * @param timeout its time limit of an attempt, or null for its default
 */
public record SenderSettings(
    Instant now,
    int pageSize,
    List<String> scopes,
    @Nullable Signature signature,
    @Nullable RetrySettings retry,
    @Nullable Duration timeout) {
  public SenderSettings {
    Objects.requireNonNull(now, "now");
    scopes = List.copyOf(scopes);
  }

  /** Returns the number of entries per page: the one given, or the most that the API allows. */
  int pageSize(int max) {
    return pageSize == 0 ? max : Math.min(pageSize, max);
  }

  /** Returns how requests are signed. */
  Signature signature(Signature defaultValue) {
    return Objects.requireNonNullElse(signature, defaultValue);
  }

  /** Returns when failed deliveries are retried. */
  RetrySettings retry(RetrySettings defaultValue) {
    return Objects.requireNonNullElse(retry, defaultValue);
  }

  /** Returns the time limit of an attempt. */
  Duration timeout(Duration defaultValue) {
    return Objects.requireNonNullElse(timeout, defaultValue);
  }
}
