package dev.hookferry.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.store.session.SessionStore;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody keeps a session whose subject was locked out, however the calls interleave. */
final class EndedSessionsTest {
  private static final String SUBJECT = "c-17";

  private final ManualClock clock = ManualClock.atNoon();
  private final ScriptedTransport transport = new ScriptedTransport();
  private String call = "";
  private Runnable before = () -> {};
  private Runnable after = () -> {};
  private Hookferry hookferry;
  private Portal portal;

  @BeforeEach
  void start() {
    Store store = watched(Store.class, new MemoryStore(clock, Duration.ofHours(1)));
    hookferry =
        Hookferry.builder(store, transport)
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .build()
            .start();
    hookferry
        .webhooks()
        .settings()
        .changeByName(SiteId.DEFAULT, Map.of("portal", Map.of("enabled", true)));
    portal = Portal.of(hookferry, clock);
  }

  @AfterEach
  void stop() {
    hookferry.close();
  }

  /** Returns a port that runs something before and after a call of its sessions. */
  private <T> T watched(Class<T> port, Object real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              boolean isMeant = port == SessionStore.class && method.getName().equals(call);
              if (isMeant) {
                call = "";
                before.run();
              }
              try {
                Object result = method.invoke(real, arguments);
                if (isMeant) {
                  after.run();
                }
                return method.getReturnType() == SessionStore.class
                    ? watched(SessionStore.class, result)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private String code() {
    NewPortalLink asked = NewPortalLink.of(SUBJECT);
    return portal.link(SiteId.DEFAULT, asked, Actor.PROGRAM).code();
  }

  private void endAll() {
    int unused = portal.endAll(SiteId.DEFAULT, SUBJECT, Actor.PROGRAM);
  }

  @Test
  void aSessionThatBeginsMeanwhileIsEndedToo() {
    for (String step : new String[] {"add", "find", "take", "remove"}) {
      String code = code();
      before = this::endAll;
      after = () -> {};
      call = step;
      Optional<Portal.StartedSession> early = portal.exchange(code);
      assertNobodyIsIn(step, early);

      String other = code();
      before = () -> {};
      after = this::endAll;
      call = step;
      Optional<Portal.StartedSession> late = portal.exchange(other);
      assertNobodyIsIn(step, late);
      call = "";
    }
  }

  @Test
  void aSecondLinkEndsWithItsSession() {
    PortalSession session = portal.exchange(code()).orElseThrow().session();
    String second = portal.replacementLink(session).orElseThrow().code();
    assertThat(portal.end(SiteId.DEFAULT, session.id(), Actor.PROGRAM)).isTrue();
    assertThat(portal.exchange(second)).isEmpty();
    assertThat(portal.sessions(SiteId.DEFAULT, SUBJECT, PageRequest.of(10)).data()).isEmpty();
  }

  @Test
  void aSecondLinkReplacesItsSession() {
    Portal.StartedSession first = portal.exchange(code()).orElseThrow();
    String second = portal.replacementLink(first.session()).orElseThrow().code();
    Portal.StartedSession replaced = portal.exchange(second).orElseThrow();
    assertThat(portal.session(first.token())).isEmpty();
    assertThat(portal.session(replaced.token())).isPresent();
    assertThat(portal.replacementLink(replaced.session())).isEmpty();
  }

  @Test
  void nothingIsNotedWhereNobodyWasIn() {
    int ended = portal.endAll(SiteId.DEFAULT, "nobody\nportal.ended", Actor.PROGRAM);
    assertThat(ended).isZero();
    AuditQuery all = AuditQuery.ALL.actions(Set.of(AuditAction.PORTAL_ENDED));
    assertThat(hookferry.webhooks().audit().list(all).data()).isEmpty();
  }

  private void assertNobodyIsIn(String step, Optional<Portal.StartedSession> opened) {
    if (call.isEmpty()) {
      assertThat(opened.flatMap(one -> portal.session(one.token()))).as(step).isEmpty();
      assertThat(portal.sessions(SiteId.DEFAULT, SUBJECT, PageRequest.of(10)).data()).isEmpty();
    }
    endAll();
  }

  @Test
  void aCodeOpensOneSession() {
    String code = code();

    assertThat(portal.exchange(code)).isPresent();
    assertThat(portal.exchange(code)).isEmpty();
    assertThat(portal.sessions(SiteId.DEFAULT, SUBJECT, PageRequest.of(10)).data()).hasSize(1);
  }
}
