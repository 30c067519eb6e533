package dev.hookferry.app.otel;

import dev.hookferry.app.config.OtelConfig;
import dev.hookferry.app.text.Version;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Event;
import dev.hookferry.event.TraceContext;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.Listener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates a span for each attempt and exports it. The ids are those of {@link AttemptTracing},
 * because they may have been sent to receivers. Spans wait in a bounded queue; while the collector
 * cannot keep up, additional ones are dropped. Called by one thread at a time.
 */
final class TraceExport implements Listener, AutoCloseable {
  private static final Pattern PATH = Pattern.compile("^([^/]*//[^/?]*).*");
  private static final int WAITING = 8_192;
  private static final int TOGETHER = 512;
  private static final Duration DELAY = Duration.ofSeconds(1);

  private final AttemptTracing tracing;
  private final GivenIds ids;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private TraceExport(AttemptTracing tracing, GivenIds ids, SdkTracerProvider provider) {
    this.tracing = tracing;
    this.ids = ids;
    this.provider = provider;
    tracer = provider.get("hookferry", Version.text());
  }

  static TraceExport start(OtelConfig config) {
    SpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(config.endpoint() + "/v1/traces")
            .setHeaders(() -> Collector.headers(config))
            .setCompression("gzip")
            .setTimeout(Collector.TIMEOUT)
            .build();
    GivenIds ids = new GivenIds();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Collector.resource(config))
            .setIdGenerator(ids)
            .setSampler(Sampler.alwaysOn())
            .addSpanProcessor(
                BatchSpanProcessor.builder(new ReportedSpanExporter(exporter))
                    .setMaxQueueSize(WAITING)
                    .setMaxExportBatchSize(TOGETHER)
                    .setScheduleDelay(DELAY)
                    .setExporterTimeout(Collector.TIMEOUT)
                    .build())
            .build();
    return new TraceExport(AttemptTracing.on(config.share()), ids, provider);
  }

  @Override
  public void attempted(Attempt attempt, Delivery before, Event event) {
    TraceContext context = tracing.contextOf(event, attempt.id());
    if (context == null || !context.isSampled()) {
      return;
    }
    ids.next = context;
    SpanBuilder builder =
        tracer
            .spanBuilder("deliver " + attempt.type().name())
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(attempt.startedAt());
    TraceContext producer = event.options().trace();
    if (producer == null) {
      builder.setNoParent();
    } else {
      SpanContext from = remote(producer);
      builder.setParent(Context.root().with(Span.wrap(from))).addLink(from);
    }
    Span span = builder.startSpan();
    describe(span, attempt);
    span.end(attempt.startedAt().plus(attempt.outcome().took()));
  }

  private static SpanContext remote(TraceContext context) {
    return SpanContext.createFromRemoteParent(
        context.traceId(), context.spanId(), TraceFlags.getSampled(), state(context.state()));
  }

  private static TraceState state(String members) {
    TraceStateBuilder state = TraceState.builder();
    String[] all = members.isEmpty() ? new String[0] : members.split(",", -1);
    // Each added member goes to the front.
    for (int i = all.length - 1; i >= 0; i--) {
      int equals = all[i].indexOf('=');
      state.put(all[i].substring(0, equals), all[i].substring(equals + 1));
    }
    return state.build();
  }

  private static void describe(Span span, Attempt attempt) {
    Outcome outcome = attempt.outcome();
    span.setAttribute("http.request.method", "POST");
    span.setAttribute("hookferry.site", attempt.site().value());
    span.setAttribute("hookferry.event", attempt.event().value());
    span.setAttribute("hookferry.event_type", attempt.type().name());
    span.setAttribute("hookferry.endpoint", attempt.endpoint().toString());
    span.setAttribute("hookferry.delivery", attempt.delivery().toString());
    span.setAttribute("hookferry.attempt", attempt.number());
    span.setAttribute("hookferry.outcome", outcome.kind().code());
    if (attempt.number() > 1) {
      span.setAttribute("http.request.resend_count", attempt.number() - 1);
    }
    if (outcome.statusCode() != 0) {
      span.setAttribute("http.response.status_code", outcome.statusCode());
    }
    addServer(span, attempt.url());
    addPhases(span, outcome.timing());
    if (!outcome.isSuccess()) {
      span.setAttribute("error.type", outcome.kind().code());
      span.setStatus(StatusCode.ERROR, outcome.detail());
    }
  }

  /** Leaves out path and query, which may contain a token. */
  private static void addServer(Span span, String url) {
    try {
      URI target = URI.create(PATH.matcher(url).replaceFirst("$1"));
      if (target.getHost() != null) {
        span.setAttribute("server.address", target.getHost());
        boolean isTls = "https".equals(target.getScheme());
        span.setAttribute(
            "server.port", target.getPort() < 0 ? isTls ? 443 : 80 : target.getPort());
      }
    } catch (IllegalArgumentException e) {
      // A template that was not expanded may have no valid host.
      return;
    }
  }

  private static void addPhases(Span span, @Nullable Timing timing) {
    if (timing == null) {
      return;
    }
    for (Timing.Share share : timing.shares()) {
      String phase = share.phase().name().toLowerCase(Locale.ROOT);
      span.setAttribute("hookferry.phase." + phase, share.took().toNanos() / 1e9);
    }
    if (timing.egress() != null) {
      span.setAttribute("hookferry.egress", timing.egress());
    }
  }

  @Override
  public void close() {
    Collector.await(provider.shutdown());
  }

  /** Id generator that returns the given ids of the next span. */
  private static final class GivenIds implements IdGenerator {
    private TraceContext next = new TraceContext("f".repeat(32), "f".repeat(16), true);

    @Override
    public String generateSpanId() {
      return next.spanId();
    }

    @Override
    public String generateTraceId() {
      return next.traceId();
    }
  }
}
