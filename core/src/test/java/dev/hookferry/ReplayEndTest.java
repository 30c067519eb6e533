package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.engine.runtime.PlatformThreads;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.incident.EndpointIncidents;
import dev.hookferry.internal.replay.ReplayWorker;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays that end while somebody pauses, resumes or cancels them. */
class ReplayEndTest {
  private static final SiteId SITE = SiteId.DEFAULT;

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryStore memory = new MemoryStore(clock, Duration.ofDays(1));
  private final RecordingListener listener = new RecordingListener();
  private final EndpointIncidents incidents = new EndpointIncidents(new PlatformThreads());

  /** Run before the next call of the store's method with this name. */
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();

  private final List<String> saves = new ArrayList<>();
  private final CoreServices services =
      Hookferry.builder(watched(Store.class, memory), new ScriptedTransport())
          .secrets(Secrets.inTheClear())
          .clock(clock)
          .listener(listener)
          .services(incidents);
  private final Webhooks webhooks = new Webhooks(services);
  private final ReplayWorker worker = new ReplayWorker(services);

  ReplayEndTest() {
    services.configHolder().refresh();
    webhooks.sites().ensureDefault();
    services.runtime().configured(services.configHolder().config());
    services.runtime().start();
    webhooks.endpoints().create(SITE, EndpointSpec.to("https://crm.example/hook").types("*"));
    var unused = webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    DeliveryQuery delivered = DeliveryQuery.ofSite(SITE).state(DeliveryState.DELIVERED);
    Poll.until(() -> !webhooks.deliveries().list(delivered).data().isEmpty());
  }

  private <T> T watched(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (type == ReplayStore.class && method.getName().equals("save")) {
                saves.add(String.valueOf(arguments[0]));
              }
              Runnable first = before.remove(method.getName());
              if (first != null) {
                first.run();
              }
              try {
                Object result = method.invoke(target, arguments);
                return result instanceof ReplayStore replays
                    ? watched(ReplayStore.class, replays)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @AfterEach
  void stop() {
    incidents.stop();
    services.runtime().stop(Duration.ofSeconds(10));
    services.blocking().shutdown();
  }

  private ReplayJob start() {
    ReplayWindow all =
        ReplayWindow.since(Instant.EPOCH)
            .until(clock.instant().plusMillis(1))
            .statuses(ReplayWindow.ENDED);
    return webhooks.replays().start(SITE, all, 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "cancel"})
  void aChangeThatComesTooLateIsRefused(String change) {
    ReplayJob job = start();
    before.put("save", worker::work);

    assertThatThrownBy(() -> change(job, change))
        .isInstanceOf(ConflictException.class)
        .hasMessage(job.id() + " is done already");

    assertThat(audited()).containsExactly(AuditAction.REPLAY_STARTED);
    assertThat(told()).containsExactly(ReplayState.RUNNING, ReplayState.DONE);
  }

  private void change(ReplayJob job, String change) {
    var unused =
        change.equals("pause")
            ? webhooks.replays().pause(SITE, job.id())
            : webhooks.replays().cancel(SITE, job.id());
  }

  @Test
  void aResumedReplayThatRunsStaysAsItIs() {
    ReplayJob job = start();
    saves.clear();

    ReplayJob resumed = webhooks.replays().resume(SITE, job.id());

    assertThat(resumed.state()).isEqualTo(ReplayState.RUNNING);
    assertThat(saves).isEmpty();
    assertThat(audited()).containsExactly(AuditAction.REPLAY_STARTED);
    assertThat(told()).containsExactly(ReplayState.RUNNING);
  }

  @Test
  void replayCancelledDuringAStepEndsOnce() {
    ReplayJob job = start();
    before.put("log", () -> webhooks.replays().cancel(SITE, job.id()));

    worker.work();

    assertThat(webhooks.replays().get(SITE, job.id()).state()).isEqualTo(ReplayState.CANCELLED);
    assertThat(audited()).containsExactly(AuditAction.REPLAY_CANCELLED, AuditAction.REPLAY_STARTED);
    assertThat(told()).containsExactly(ReplayState.RUNNING, ReplayState.CANCELLED);
  }

  private List<AuditAction> audited() {
    return webhooks.audit().list(AuditQuery.ALL).data().stream()
        .map(AuditEntry::action)
        .filter(action -> action.name().startsWith("REPLAY"))
        .toList();
  }

  /** The states reported to listeners so far. */
  private List<ReplayState> told() {
    ReplayJob last = start();
    Poll.until(() -> listener.replays().stream().anyMatch(job -> job.id().equals(last.id())));
    return listener.replays().stream()
        .filter(job -> !job.id().equals(last.id()))
        .map(ReplayJob::state)
        .toList();
  }
}
