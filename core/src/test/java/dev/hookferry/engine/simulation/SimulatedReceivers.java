package dev.hookferry.engine.simulation;

import dev.hookferry.auditor.Arrived;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The receivers' side of the network: responds late, wrongly or not at all, and records requests.
 */
final class SimulatedReceivers {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  final List<Arrived> arrived = new ArrayList<>();
  private final Agenda agenda;
  private final Random random;
  private final Set<EndpointId> harmful = new HashSet<>();

  /** Ends the process of this sender. */
  Consumer<String> killer = sender -> {};

  /** Sees every request that leaves a node. */
  Consumer<Sending> whenSent = sending -> {};

  private final Map<EndpointId, Mood> moods = new HashMap<>();

  /** How a receiver behaves. */
  enum Mood {
    PROMPT,
    MOODY,
    SLOW,
    FAILING,
    HANGING,
    AWAY,
    /** Takes requests, but the answers are lost. */
    SILENCED,
    /** Our own resolver does not know it at present. */
    UNRESOLVED,
    /** Asks to be spared for a while. */
    BUSY,
    /** Says now and then that it is gone for good. */
    GOING,
    /** Refuses some events, however often they come. */
    PICKY,
    /** Some of what is sent to it ends the thread that signs it. */
    DEADLY,
    /** Some of what is sent to it ends the process that sends it. */
    LETHAL,
    /** Answers what the store cannot keep. */
    UNFIT
  }

  SimulatedReceivers(Agenda agenda, Random random) {
    this.agenda = agenda;
    this.random = random;
  }

  void mood(EndpointId endpoint, Mood mood) {
    if (mood == Mood.LETHAL || mood == Mood.DEADLY) {
      harmful.add(endpoint);
    }
    moods.put(endpoint, mood);
  }

  /** A delivery that crashes processes keeps doing so: it has to be found out. */
  void calm() {
    moods.values().removeIf(mood -> mood != Mood.LETHAL);
  }

  /** Whether what is sent to it may end processes. */
  boolean isLethal(EndpointId endpoint) {
    return moods.get(endpoint) == Mood.LETHAL;
  }

  /** Whether a delivery is to blame for what it is blamed for. */
  boolean isGuilty(EndpointId endpoint, Event event) {
    return harmful.contains(endpoint) && (event.payload().size() % 4 == 0);
  }

  /** Incoming requests. */
  private record Call(String sender, Sending sending, SignedRequest request) {}

  /** A request comes, perhaps. */
  void take(String sender, Sending sending, SignedRequest request, Consumer<Outcome> whenDone) {
    whenSent.accept(sending);
    Call call = new Call(sender, sending, request);
    Mood mood = moods.getOrDefault(sending.endpoint().id(), Mood.PROMPT);
    switch (mood) {
      case PROMPT -> answer(call, 20, 200, whenDone);
      case MOODY ->
          answer(call, 2_000, random.nextInt(3) == 0 ? 500 + random.nextInt(4) : 204, whenDone);
      case SLOW -> answer(call, 14_000, 200, whenDone);
      case BUSY -> answer(call, 50, random.nextInt(3) == 0 ? 200 : 429, whenDone);
      case PICKY ->
          answer(call, 50, sending.event().payload().size() % 4 == 1 ? 400 : 200, whenDone);
      case GOING -> answer(call, 50, random.nextInt(10) == 0 ? 410 : 200, whenDone);
      case DEADLY -> {
        if (sending.event().payload().size() % 4 == 0) {
          fail(OutcomeKind.WORKER_DIED, 5, whenDone);
        } else {
          answer(call, 20, 200, whenDone);
        }
      }
      case LETHAL -> killOrAnswer(call, whenDone);
      case UNFIT -> answer(call, 20, random.nextInt(3) == 0 ? 500 : 200, whenDone);
      case FAILING -> answer(call, 50, 503, whenDone);
      case AWAY -> fail(OutcomeKind.CONNECT_ERROR, 5, whenDone);
      case UNRESOLVED -> fail(OutcomeKind.RESOLVER_ERROR, 5, whenDone);
      case HANGING -> {
        note(call, DEADLINE, 0);
        fail(OutcomeKind.TIMEOUT, (int) DEADLINE.toMillis(), whenDone);
      }
      case SILENCED -> {
        int took = random.nextInt(100);
        note(call, Duration.ofMillis(took), 200);
        fail(OutcomeKind.CONNECTION_CLOSED, took, whenDone);
      }
    }
  }

  private void killOrAnswer(Call call, Consumer<Outcome> whenDone) {
    if (call.sending().event().payload().size() % 40 == 0) {
      killer.accept(call.sender());
    } else {
      answer(call, 20, 200, whenDone);
    }
  }

  private void answer(Call call, int longest, int status, Consumer<Outcome> whenDone) {
    Duration took = Duration.ofMillis(random.nextInt(longest));
    note(call, took, status);
    String retryAfter = status == 429 ? Integer.toString(random.nextInt(60)) : null;
    boolean unfit = moods.get(call.sending().endpoint().id()) == Mood.UNFIT;
    String type = unfit ? Weather.UNFIT : null;
    Response response = new Response(status, Payload.empty(), false, type, retryAfter);
    agenda.after(took, () -> whenDone.accept(Outcome.responded(response, took)));
  }

  private void fail(OutcomeKind kind, int millis, Consumer<Outcome> whenDone) {
    Duration took = Duration.ofMillis(millis);
    agenda.after(took, () -> whenDone.accept(Outcome.failed(kind, "injected", took)));
  }

  private void note(Call call, Duration took, int status) {
    Map<String, String> headers = new HashMap<>();
    call.request()
        .headers()
        .forEach(h -> headers.put(h.name().toLowerCase(Locale.ROOT), h.value()));
    Instant now = agenda.now();
    arrived.add(
        new Arrived(
            call.sending().endpoint().id(),
            call.sender(),
            call.sending().delivery().id(),
            call.sending().event().id(),
            Integer.parseInt(headers.getOrDefault("hookferry-attempt", "0")),
            now,
            now.plus(took),
            status,
            call.request().body(),
            headers));
  }
}
