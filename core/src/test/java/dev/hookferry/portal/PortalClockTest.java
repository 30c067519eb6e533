package dev.hookferry.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.audit.Actor;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Links of two nodes whose clocks differ. */
class PortalClockTest {
  private static final SiteId SITE = new SiteId("acme");

  private final ManualClock oneClock = ManualClock.atNoon();
  private final ManualClock twoClock = ManualClock.atNoon();
  private final MemoryStore store = new MemoryStore();
  private final Hookferry one = node(oneClock);
  private final Hookferry two = node(twoClock);
  private final Portal ofOne = Portal.of(one, oneClock);
  private final Portal ofTwo = Portal.of(two, twoClock);

  private Hookferry node(ManualClock clock) {
    Hookferry node =
        Hookferry.builder(store, new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .build();
    node.start();
    return node;
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private void createSite() {
    var unused = one.webhooks().sites().create(SITE);
    one.webhooks().settings().changeByName(SITE, Map.of("portal", Map.of("enabled", true)));
    two.webhooks().refresh().join();
  }

  private String link() {
    return ofTwo.link(SITE, NewPortalLink.of("c-1"), Actor.PROGRAM).code();
  }

  @Test
  void aLinkOfANodeWhoseClockIsBehindOpens() {
    twoClock.advance(Duration.ofSeconds(-20));
    createSite();

    assertThat(ofOne.siteOf(link())).contains(SITE);
    Portal.StartedSession opened = ofTwo.exchange(link()).orElseThrow();
    assertThat(ofTwo.session(opened.token())).isPresent();
    String again = ofTwo.replacementLink(opened.session()).orElseThrow().code();
    assertThat(ofTwo.exchange(again)).isPresent();
  }

  @Test
  void aLinkFromAFastClockDoesNotOpenALaterSiteOfTheSameName() {
    twoClock.advance(Duration.ofMinutes(10));
    createSite();
    String code = link();
    String token = ofTwo.exchange(link()).orElseThrow().token();
    one.webhooks().sites().remove(SITE);
    oneClock.advance(Duration.ofSeconds(1));
    createSite();

    assertThat(ofTwo.siteOf(code)).isEmpty();
    assertThat(ofTwo.exchange(code)).isEmpty();
    assertThat(ofTwo.session(token)).isEmpty();
    assertThat(ofTwo.exchange(link())).isPresent();
  }
}
