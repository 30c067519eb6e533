package dev.hookferry.app.otel;

import dev.hookferry.app.config.OtelConfig;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.app.text.Version;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings and log reports shared by the exports of spans and metrics. Thread-safe. */
final class Collector {
  /** Time limit of one export; meanwhile, later data waits or, if there is too much, is dropped. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final long CLOSE_SECONDS = 2;
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  private final String what;
  private final AtomicBoolean failed = new AtomicBoolean();

  /**
   * Creates a reporter for the exports of one kind of data.
   *
   * @param what the kind of data, for the log
   */
  Collector(String what) {
    this.what = what;
  }

  static Map<String, String> headers(OtelConfig config) {
    return config.headers().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, header -> text(header.getValue())));
  }

  private static String text(SecretText secret) {
    return secret.text();
  }

  static Resource resource(OtelConfig config) {
    return Resource.create(
        Attributes.builder()
            .put("service.name", config.serviceName())
            .put("service.version", Version.text())
            .put("service.instance.id", host() + "/" + ProcessHandle.current().pid())
            .put("host.name", host())
            .build());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /** Logs when exports begin to fail, and when they work again. */
  CompletableResultCode reported(CompletableResultCode export) {
    return export.whenComplete(
        () -> {
          if (!export.isSuccess() && !failed.getAndSet(true)) {
            LOG.atWarn()
                .addKeyValue("data", what)
                .addKeyValue("cause", cause(export.getFailureThrowable()))
                .log("export to the OpenTelemetry collector failed");
          } else if (export.isSuccess() && failed.getAndSet(false)) {
            LOG.atInfo()
                .addKeyValue("data", what)
                .log("export to the OpenTelemetry collector works again");
          }
        });
  }

  private static String cause(@Nullable Throwable thrown) {
    return thrown == null ? "no valid response" : Causes.of(thrown);
  }

  /** Waits for an export to end, at most two seconds. */
  static void await(CompletableResultCode end) {
    var unused = end.join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
