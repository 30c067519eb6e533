package dev.hookferry.app.grade;

import dev.hookferry.app.grade.GradeRequests.GradedMessage;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.id.IdSource;
import dev.hookferry.secret.Redactor;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Sends the requests of all checks to a receiver, one after the other, and judges the responses.
 * For a single use by one thread.
 */
public final class Grader {
  /** Clock offset in forged requests: twice the tolerance that a receiver should have. */
  private static final Duration OFF = Duration.ofMinutes(10);

  private static final Duration LATE = Duration.ofDays(3);
  private static final int LATE_ATTEMPT = 6;

  private final Transport transport;
  private final GradeSecrets secrets;
  private final SampleEvents events;
  private final InstantSource clock;
  private final GradeRequests requests;
  private final GradeSecrets others;
  private final Redactor redactor;
  private final ResponseJudge judge;
  private final GradedMessage first;

  /**
   * Creates a grader.
   *
   * @param transport sends the requests; decides which targets may be called
   * @param clock the clock of {@code webhook-timestamp}
   * @param random generates ids and the secrets of forged requests; must be cryptographically
   *     secure
   */
  public Grader(
      Transport transport,
      GradeTarget target,
      SampleEvents events,
      InstantSource clock,
      RandomGenerator random) {
    this.transport = transport;
    this.secrets = target.secrets();
    this.events = events;
    this.clock = clock;
    requests = new GradeRequests(target, new IdSource(random));
    others = secrets.others(random);
    redactor = target.redactor();
    judge = new ResponseJudge(target);
    first = message(ReceiverCheck.VALID_EVENT, events.plain(clock.instant()));
  }

  /**
   * Runs all checks. Blocks for up to the time limit per request, but sends nothing more if the
   * valid event gets no response or 429.
   *
   * @param each receives each result as soon as it is known
   */
  public GradeReport run(Consumer<CheckResult> each) {
    List<CheckResult> results = new ArrayList<>();
    for (ReceiverCheck check : ReceiverCheck.values()) {
      if (check == ReceiverCheck.TWO_SIGNATURES && !secrets.coversTimestamp()) {
        continue;
      }
      CheckResult result = run(check);
      results.add(result);
      each.accept(result);
    }
    return new GradeReport(results);
  }

  private CheckResult run(ReceiverCheck check) {
    CheckResult unsent = judge.withoutRequest(check);
    if (unsent != null) {
      return unsent;
    }
    List<SignedRequest> all = requests(check);
    Outcome outcome = send(all.get(0));
    for (int i = 1; i < all.size() && outcome.isSuccess(); i++) {
      outcome = send(all.get(i));
    }
    return judge.judge(check, outcome, clock.instant());
  }

  /** Returns the requests of a check, in the order to send them. */
  private List<SignedRequest> requests(ReceiverCheck check) {
    Instant now = clock.instant();
    GradedMessage plain = message(check, events.plain(now));
    return switch (check) {
      case QUICK_RESPONSE -> List.of();
      case VALID_EVENT -> List.of(signed(first, now));
      case REPEATED_EVENT -> List.of(signed(first.onAttempt(2), now));
      case OLDER_EVENT_LAST ->
          List.of(signed(plain, now), signed(message(check, events.plain(now.minus(OFF))), now));
      case LATE_RETRY -> {
        GradedMessage late = message(check, events.plain(now.minus(LATE)));
        yield List.of(signed(late.onAttempt(LATE_ATTEMPT), now));
      }
      case UNKNOWN_TYPE -> List.of(signed(message(check, events.ofUnknownType(now)), now));
      case UNUSUAL_JSON -> List.of(signed(message(check, events.unusual(now)), now));
      case LARGE_EVENT -> List.of(signed(message(check, events.large(now)), now));
      case TWO_SIGNATURES -> List.of(requests.signed(plain, now, secrets.after(others)));
      case WRONG_SECRET -> List.of(requests.signed(plain, now, others));
      case CHANGED_BODY -> List.of(GradeRequests.withBody(signed(plain, now), events.changed(now)));
      case NO_SIGNATURE -> List.of(requests.signed(plain, now, GradeSecrets.NONE));
      case OLD_TIMESTAMP -> List.of(signed(plain, now.minus(OFF)));
      case FUTURE_TIMESTAMP -> List.of(signed(plain, now.plus(OFF)));
      case FRESH_TIMESTAMP ->
          List.of(GradeRequests.withTimestamp(signed(plain, now.minus(OFF)), now));
    };
  }

  private GradedMessage message(ReceiverCheck check, Payload body) {
    return requests.message(events.typeOf(check), body, clock.instant());
  }

  private SignedRequest signed(GradedMessage message, Instant sentAt) {
    return requests.signed(message, sentAt, secrets);
  }

  private Outcome send(SignedRequest request) {
    CompletableFuture<Outcome> done = new CompletableFuture<>();
    transport.send(request, done::complete);
    Outcome outcome = done.join();
    Response response = outcome.response();
    return outcome.redacted(
        response == null ? null : redacted(response), redactor.clean(outcome.detail()));
  }

  private Response redacted(Response response) {
    return new Response(
        response.status(),
        redactor.clean(response.body(), response.truncated()),
        response.truncated(),
        response.contentType(),
        response.retryAfter(),
        response.headers());
  }
}
