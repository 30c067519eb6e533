package dev.hookferry;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.EndpointProblem;
import dev.hookferry.observe.EndpointProblem.Status;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.testing.SimulatedHookferry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointProblemsTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final NewEvent EVENT = NewEvent.of("license_created", "{}");

  private final SimulatedHookferry hooks = SimulatedHookferry.start();
  private final EndpointProblems problems = hooks.webhooks().problems();

  @AfterEach
  void close() {
    hooks.close();
  }

  private EndpointId failing(String url, int... statuses) {
    hooks.receiver(url).responds(statuses);
    return hooks
        .webhooks()
        .endpoints()
        .create(SITE, EndpointSpec.to(url).types("*"))
        .endpoint()
        .id();
  }

  private void publish(int times) {
    for (int i = 0; i < times; i++) {
      var unused = hooks.publish(EVENT);
    }
    hooks.advance(Duration.ofMillis(500));
  }

  private EndpointProblem only() {
    List<EndpointProblem> all = problems.all(SITE);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void failuresAreGroupedUntilTheEndpointSucceeds() {
    EndpointId sap = failing("https://sap.example/", 401, 401, 200);
    failing("https://fine.example/");
    assertThat(problems.all(SITE)).isEmpty();

    publish(2);
    EndpointProblem problem = only();
    assertThat(problem.endpoint().id()).isEqualTo(sap);
    assertThat(problem.cause()).isEqualTo("401");
    assertThat(problem.count()).isEqualTo(2);
    assertThat(problem.waiting()).isEqualTo(2);
    assertThat(problem.health().failures()).isEqualTo(2);
    assertThat(problem.status()).isEqualTo(Status.OPEN);

    publish(1);
    assertThat(problems.all(SITE)).isEmpty();
  }

  @Test
  void theMostUrgentComesFirstAndPagesCoverAll() {
    EndpointId few = failing("https://few.example/", 401, 500, 500);
    EndpointId many = failing("https://many.example/", 500, 500, 500);
    publish(3);

    assertThat(problems.all(SITE).stream().map(EndpointProblem::key))
        .containsExactly(many + ".500", few + ".500", few + ".401");
    Page<EndpointProblem> first = problems.list(SITE, null, null, PageRequest.of(2));
    assertThat(first.data()).hasSize(2);
    Page<EndpointProblem> rest =
        problems.list(SITE, null, null, PageRequest.of(2).after(first.next()));
    assertThat(rest.data()).hasSize(1);
    assertThat(rest.next()).isNull();
    assertThat(problems.list(SITE, null, few, PageRequest.FIRST).data()).hasSize(2);
    assertThatThrownBy(() -> problems.list(SITE, null, null, PageRequest.FIRST.after("x")))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  void disabledEndpointsComeFirstThenThoseWithWaitingDeliveries() {
    EndpointId often = failing("https://often.example/", 500, 500, 200, 500, 500);
    EndpointId disabled = failing("https://gone.example/", 410);
    publish(5);
    EndpointId waits = failing("https://waits.example/", 500);
    publish(20);
    hooks.receiver("https://often.example/").responds(500);

    List<EndpointProblem> all = problems.all(SITE);

    assertThat(all.get(0).endpoint().id()).isEqualTo(disabled);
    assertThat(all.stream().skip(1).map(EndpointProblem::waiting))
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(all).extracting(one -> one.endpoint().id()).contains(often, waits);
    assertThat(all.get(0).count())
        .as("failed attempts")
        .isLessThan(all.stream().mapToInt(EndpointProblem::count).max().orElseThrow());
  }

  @Test
  void anAcknowledgementHoldsUntilTheNextSuccess() {
    EndpointId sap = failing("https://sap.example/", 401, 200, 401);
    publish(1);
    assertThat(problems.acknowledge(SITE, sap, "401").by()).isEqualTo("program");
    assertThat(only().status()).isEqualTo(Status.ACKNOWLEDGED);
    assertThat(problems.list(SITE, Status.OPEN, null, PageRequest.FIRST).data()).isEmpty();
    assertThat(problems.list(SITE, Status.ACKNOWLEDGED, null, PageRequest.FIRST).data()).hasSize(1);

    hooks.advance(Duration.ofSeconds(1));
    publish(1);
    assertThat(problems.acknowledge(SITE, sap, "401").by()).isEqualTo("program");
    hooks.advance(Duration.ofSeconds(1));
    publish(1);
    assertThat(only().status()).isEqualTo(Status.OPEN);
  }

  @Test
  void aMuteEndsByItselfOrWhenAPersonEndsIt() {
    EndpointId sap = failing("https://sap.example/", 401, 401, 401, 401, 401, 401, 401, 401);
    publish(1);
    Instant until = hooks.now().plus(Duration.ofHours(1));
    assertThat(problems.mute(SITE, sap, until).until()).isEqualTo(until.truncatedTo(SECONDS));
    assertThat(only().status()).isEqualTo(Status.MUTED);
    problems.unmute(SITE, sap);
    assertThat(only().status()).isEqualTo(Status.OPEN);

    var unused = problems.mute(SITE, sap, until);
    hooks.advance(Duration.ofHours(2));
    assertThat(problems.all(SITE)).allMatch(one -> one.status() == Status.OPEN).isNotEmpty();
  }

  @Test
  void manyNotesAboutOthersDoNotEndAMute() {
    EndpointId sap = failing("https://sap.example/", 401);
    EndpointId crm = failing("https://crm.example/", 500);
    publish(1);
    Instant until = hooks.now().plus(Duration.ofDays(80));
    assertThat(problems.mute(SITE, sap, until).until()).isEqualTo(until.truncatedTo(SECONDS));
    note(crm, 501);
    assertMuted(problems, sap);
    note(crm, 501);
    hooks.advance(Duration.ofMinutes(10));
    assertMuted(problems, sap);

    problems.unmute(SITE, sap);
    assertThat(problems.list(SITE, Status.MUTED, null, PageRequest.FIRST).data()).isEmpty();
  }

  private void note(EndpointId endpoint, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(problems.acknowledge(SITE, endpoint, "500").by()).isEqualTo("program");
    }
  }

  private static void assertMuted(EndpointProblems problems, EndpointId endpoint) {
    assertThat(problems.list(SITE, Status.MUTED, null, PageRequest.FIRST).data())
        .extracting(muted -> muted.endpoint().id())
        .containsOnly(endpoint);
  }

  @Test
  void unmutingAnUnmutedProblemIsNotAudited() {
    EndpointId sap = failing("https://sap.example/", 401);
    problems.unmute(SITE, sap);
    var unused = problems.mute(SITE, sap, hooks.now().plus(Duration.ofHours(1)));
    problems.unmute(SITE, sap);
    problems.unmute(SITE, sap);
    assertThat(hooks.webhooks().audit().list(AuditQuery.ALL).data())
        .filteredOn(entry -> entry.action() == AuditAction.PROBLEM_UNMUTED)
        .hasSize(1);
  }

  @Test
  void badInputIsRefusedByName() {
    EndpointId sap = failing("https://sap.example/", 401);
    assertThatThrownBy(() -> problems.acknowledge(SITE, sap, "timeout"))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "cause: must be the cause of a problem of "
                + sap
                + ", as problems list shows it, not timeout");
    EndpointId none = new EndpointId(new UUID(1, 2));
    assertThatThrownBy(() -> problems.acknowledge(SITE, sap, "<b>"))
        .hasMessageContaining("cause")
        .isInstanceOf(InvalidException.class);
    for (Instant until :
        List.of(hooks.now(), hooks.now().plus(Duration.ofDays(90)).plusSeconds(1))) {
      assertThatThrownBy(() -> problems.mute(SITE, sap, until))
          .hasMessageContaining("until: must be later than now (");
    }
    assertThatThrownBy(() -> problems.unmute(SITE, none)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> problems.all(new SiteId("none")))
        .isInstanceOf(NotFoundException.class);
    assertThat(hooks.webhooks().audit().list(AuditQuery.ALL).data())
        .noneMatch(entry -> entry.action().code().startsWith("problem."));
  }

  @Test
  void theNextRunKnowsTheFailuresOfTheLast() {
    ManualClock clock = ManualClock.atNoon();
    MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
    ScriptedTransport transport = new ScriptedTransport();
    transport.responding("https://sap.example/", 401);
    try (Hookferry first = on(store, transport, clock, 1)) {
      var unused =
          first
              .webhooks()
              .endpoints()
              .create(SITE, EndpointSpec.to("https://sap.example/").types("*"));
      assertThat(first.webhooks().publish(SITE, EVENT).join().id()).isNotNull();
      Poll.until(() -> !first.webhooks().problems().all(SITE).isEmpty());
    }
    try (Hookferry next = on(store, transport, clock, 2)) {
      Poll.until(() -> !next.webhooks().problems().all(SITE).isEmpty());
      assertThat(next.webhooks().problems().all(SITE).get(0).cause()).isEqualTo("401");
    }
  }

  @Test
  void aMuteLastsNoLongerThanTheAuditLog() {
    ManualClock clock = ManualClock.atNoon();
    ScriptedTransport transport = new ScriptedTransport();
    transport.responding("https://sap.example/", 401);
    try (Hookferry hookferry =
        on(new MemoryStore(clock, Duration.ofHours(1)), transport, clock, 1)) {
      Webhooks webhooks = hookferry.webhooks();
      EndpointId sap =
          webhooks
              .endpoints()
              .create(SITE, EndpointSpec.to("https://sap.example/").types("*"))
              .endpoint()
              .id();
      assertThat(webhooks.publish(SITE, EVENT).join().id()).isNotNull();
      Poll.until(() -> !webhooks.problems().all(SITE).isEmpty());
      Instant until = clock.instant().plus(Duration.ofDays(80));
      assertThat(webhooks.problems().mute(SITE, sap, until).until()).isEqualTo(until);
      assertMuted(webhooks.problems(), sap);

      clock.advance(Duration.ofDays(31));
      assertThat(webhooks.problems().all(SITE)).allMatch(one -> one.status() == Status.OPEN);
    }
  }

  private static Hookferry on(
      MemoryStore store, ScriptedTransport transport, ManualClock clock, int seed) {
    return Hookferry.builder(store, transport)
        .secrets(Secrets.inTheClear())
        .clock(clock)
        .random(new Random(seed))
        .auditRetention(Duration.ofDays(30))
        .build()
        .start();
  }
}
