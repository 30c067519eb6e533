package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.event.TraceContext;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.Listener;
import dev.hookferry.query.EventQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which requests carry the trace of their event, and what a listener knows of it. */
class TracePropagationTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://crm.example/hook";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CONTEXT = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final NewEvent EVENT = NewEvent.of("license_created", "{}");

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
  private final ScriptedTransport transport = new ScriptedTransport();
  private final List<TraceContext> listened = new CopyOnWriteArrayList<>();

  /** Returns the request of one attempt. */
  private SignedRequest sent(
      AttemptTracing tracing, Function<EndpointSpec, EndpointSpec> endpoint, NewEvent event) {
    int before = transport.requests().size();
    Listener listener =
        new Listener() {
          @Override
          public void attempted(Attempt attempt, Delivery delivery, Event carried) {
            TraceContext context = tracing.contextOf(carried, attempt.id());
            if (context != null) {
              listened.add(context);
            }
          }
        };
    try (Hookferry hookferry =
        Hookferry.builder(store, transport)
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .listener(listener)
            .tracing(tracing)
            .build()
            .start()) {
      Endpoints endpoints = hookferry.webhooks().endpoints();
      if (endpoints.all(SITE).isEmpty()) {
        var unused = endpoints.create(SITE, endpoint.apply(EndpointSpec.to(URL).types("*")));
      }
      var unused = hookferry.webhooks().publish(SITE, event).join();
      Poll.until(() -> transport.requests().size() > before);
    }
    return transport.requests().get(before);
  }

  private static @Nullable String header(SignedRequest request) {
    return header(request, "traceparent");
  }

  private static @Nullable String header(SignedRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(SignedRequest.Header::value)
        .findFirst()
        .orElse(null);
  }

  @Test
  void nothingIsSentUnlessTheEndpointWantsIt() {
    NewEvent event = EVENT.traceparent(CONTEXT);
    assertThat(header(sent(AttemptTracing.on(1), spec -> spec, event))).isNull();
  }

  @Test
  void theContextOfTheProducerIsPassedOnWhileNothingIsRecorded() {
    NewEvent event = EVENT.traceparent(CONTEXT);
    assertThat(header(sent(AttemptTracing.OFF, spec -> spec.propagateTrace(true), event)))
        .isEqualTo(CONTEXT);
    assertThat(header(sent(AttemptTracing.OFF, spec -> spec, EVENT))).isNull();
  }

  @Test
  void theStateIsPassedOnWithTheTrace() {
    NewEvent event = EVENT.traceparent(CONTEXT).tracestate("congo=t61rcWkgMzE, rojo=1");
    for (AttemptTracing tracing : List.of(AttemptTracing.OFF, AttemptTracing.on(1))) {
      SignedRequest sent = sent(tracing, spec -> spec.propagateTrace(true), event);
      assertThat(header(sent, "tracestate")).isEqualTo("congo=t61rcWkgMzE,rojo=1");
    }
    NewEvent without = EVENT.tracestate("congo=t61rcWkgMzE");
    assertThat(without.trace()).isNull();
    SignedRequest plain = sent(AttemptTracing.OFF, spec -> spec, EVENT.traceparent(CONTEXT));
    assertThat(header(plain, "tracestate")).isNull();
  }

  @Test
  void theReceiverGetsTheSpanOfTheAttemptAsTheListenerKnowsIt() {
    NewEvent event = EVENT.traceparent(CONTEXT);
    String sent = header(sent(AttemptTracing.on(0), spec -> spec.propagateTrace(true), event));
    assertThat(sent).startsWith("00-" + TRACE + "-").endsWith("-01").isNotEqualTo(CONTEXT);
    assertThat(listened).extracting(TraceContext::text).containsExactly(sent);
  }

  @Test
  void anEventWithoutATraceBeginsOne() {
    String recorded = header(sent(AttemptTracing.on(1), spec -> spec.propagateTrace(true), EVENT));
    assertThat(TraceContext.find(String.valueOf(recorded)))
        .hasValueSatisfying(context -> assertThat(context.isSampled()).isTrue());
    String left = header(sent(AttemptTracing.on(0), spec -> spec, EVENT));
    assertThat(left).endsWith("-00");
  }

  @Test
  void theTraceContextIsStoredAndIgnoredWhenRepeatsAreCompared() {
    NewEvent event = EVENT.id("order-7");
    try (Hookferry hookferry =
        Hookferry.builder(store, transport)
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .build()
            .start()) {
      var unused = hookferry.webhooks().publish(SITE, event.traceparent(CONTEXT)).join();
      clock.advance(Duration.ofSeconds(1));
      Receipt again = hookferry.webhooks().publish(SITE, event).join();
      assertThat(hookferry.webhooks().events().list(EventQuery.ofSite(SITE)).data())
          .singleElement()
          .satisfies(
              stored ->
                  assertThat(stored.options().trace()).isEqualTo(TraceContext.parse(CONTEXT)));
      assertThat(again.repeated()).isTrue();
    }
  }

  @Test
  void aHeaderOfTheSameNameIsRefused() {
    EndpointSpec both =
        EndpointSpec.to(URL).types("*").header("TraceParent", "x").propagateTrace(true);
    assertThatThrownBy(() -> sent(AttemptTracing.OFF, spec -> both, EVENT))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("propagateTrace: sends the header traceparent");
    EndpointSpec state =
        EndpointSpec.to(URL).types("*").header("TraceState", "x").propagateTrace(true);
    assertThatThrownBy(() -> sent(AttemptTracing.OFF, spec -> state, EVENT))
        .hasMessageContaining("propagateTrace: sends the header tracestate");
  }
}
