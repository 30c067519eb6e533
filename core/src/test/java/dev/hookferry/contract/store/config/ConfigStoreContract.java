package dev.hookferry.contract.store.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.ApiKey;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.contract.support.Threads;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of the configuration. */
@Promise(by = ConfigStore.class, value = "the result is what Config.after returns")
public interface ConfigStoreContract extends StoreFixture {
  @Promise(by = ConfigStore.class, value = "Reads everything; Config.EMPTY in a new store.")
  @Test
  default void startsEmpty(StoreHarness harness) {
    assertThat(harness.store().config().load()).isEqualTo(Config.EMPTY);
    assertThat(harness.store().config().version()).isZero();
  }

  @Test
  default void keepsEveryFieldOfASite(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    assertIsKept(
        harness,
        new ConfigChange.PutSite(new Site(SiteId.DEFAULT, SiteSettings.DEFAULT, Samples.START)),
        new ConfigChange.PutSite(samples.fullSite("full_site-2")));
  }

  @Test
  default void keepsTheLargestImagesOfAPortal(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    assertIsKept(harness, new ConfigChange.PutSite(samples.siteWithImages(SiteId.DEFAULT)));
    assertIsKept(harness, new ConfigChange.PutSite(samples.fullSite("default")));
  }

  @Test
  default void keepsEveryFieldOfAnEndpoint(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    assertIsKept(
        harness,
        new ConfigChange.PutSite(samples.fullSite("default")),
        new ConfigChange.PutEndpoint(samples.plainEndpoint(SiteId.DEFAULT)),
        new ConfigChange.PutEndpoint(samples.fullEndpoint(SiteId.DEFAULT)));
  }

  @Test
  default void keepsEveryFieldOfAnEventType(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    SiteId longest = new SiteId("s".repeat(64));
    EventTypeDefinition largest = samples.largestType(longest);
    assertIsKept(
        harness,
        new ConfigChange.PutSite(samples.fullSite(longest.value())),
        new ConfigChange.PutEventType(samples.describedType(longest)),
        new ConfigChange.PutEventType(largest));
    assertIsKept(harness, new ConfigChange.RemoveEventType(longest, largest.type()));
    assertThat(harness.store().config().load().eventTypesOf(longest)).hasSize(1);
  }

  @Test
  default void removesASiteWithItsEventTypes(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    SiteId a = new SiteId("a");
    assertIsKept(
        harness,
        new ConfigChange.PutSite(samples.fullSite("a")),
        new ConfigChange.PutEventType(samples.describedType(a)));
    assertIsKept(harness, new ConfigChange.RemoveSite(a));
    assertIsKept(harness, new ConfigChange.PutSite(samples.fullSite("a")));
    assertThat(harness.store().config().load().eventTypesOf(a)).isEmpty();
  }

  @Test
  default void keepsEveryFieldOfAKey(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    assertIsKept(
        harness,
        new ConfigChange.PutSite(samples.fullSite("default")),
        new ConfigChange.PutKey(samples.key(null)),
        new ConfigChange.PutKey(samples.key(SiteId.DEFAULT)));
  }

  @Test
  default void keepsTheRotationUntilItEnds(StoreHarness harness) {
    assertIsKept(harness, new ConfigChange.PutRotation("mk_2"));
    assertIsKept(harness, new ConfigChange.PutRotation("mk_3"));
    assertThat(harness.store().config().load().rotation()).isEqualTo("mk_3");
    assertIsKept(harness, new ConfigChange.PutRotation(null));
    assertThat(harness.store().config().load().rotation()).isNull();
  }

  private static void assertIsKept(StoreHarness harness, ConfigChange... changes) {
    ConfigStore store = harness.store().config();
    Config before = store.load();
    Config expected = before.after(List.of(changes));

    assertThat(store.save(List.of(changes), expected.version() - 1)).contains(expected.version());

    assertThat(store.load()).isEqualTo(expected);
    assertThat(store.version()).isEqualTo(expected.version());
    assertThat(store.refresh(before)).isEqualTo(expected);
    assertThat(store.refresh(expected)).isEqualTo(expected);
    assertThat(store.refresh(Config.EMPTY)).isEqualTo(expected);
  }

  @Promise(by = ConfigStore.class, value = "Equal to what load returns.")
  @Test
  default void refreshesFromEveryEarlierVersion(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    ConfigStore store = harness.store().config();
    SiteId a = new SiteId("a");
    Endpoint first = samples.plainEndpoint(a);
    Endpoint second = samples.fullEndpoint(a);
    ApiKey key = samples.key(a);
    List<List<ConfigChange>> steps =
        List.of(
            List.of(new ConfigChange.PutSite(samples.fullSite("a"))),
            List.of(new ConfigChange.PutEndpoint(first), new ConfigChange.PutKey(key)),
            List.of(
                new ConfigChange.RemoveSite(a), new ConfigChange.PutSite(samples.fullSite("a"))),
            List.of(new ConfigChange.PutEndpoint(second)),
            List.of(new ConfigChange.PutEndpoint(first), new ConfigChange.RemoveKey(key.id())),
            List.of(new ConfigChange.PutRotation("mk_2")),
            List.of(),
            List.of(new ConfigChange.PutRotation(null), new ConfigChange.RemoveSite(a)),
            List.of(new ConfigChange.PutSite(samples.fullSite("a"))));
    List<Config> states = new ArrayList<>(List.of(store.load()));
    for (List<ConfigChange> step : steps) {
      Config before = states.get(states.size() - 1);
      assertThat(store.save(step, before.version())).isPresent();
      states.add(before.after(step));
    }
    Config last = states.get(states.size() - 1);

    assertThat(states)
        .allSatisfy(
            state -> {
              Config now = store.refresh(state);
              assertThat(now).isEqualTo(last);
              assertThat(now.endpointsOf(a)).isEqualTo(last.endpointsOf(a)).isEmpty();
              assertThat(now.findKey(key.sha256())).isEmpty();
              assertThat(now.rotation()).isNull();
            });
  }

  @Test
  default void appliesChangesAtomicallyAndInOrder(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    Endpoint endpoint = samples.plainEndpoint(SiteId.DEFAULT);
    ApiKey key = samples.key(null);
    Site site = samples.fullSite("default");
    assertIsKept(
        harness,
        new ConfigChange.PutSite(site),
        new ConfigChange.PutEndpoint(endpoint),
        new ConfigChange.PutEndpoint(samples.plainEndpoint(SiteId.DEFAULT)),
        new ConfigChange.RemoveEndpoint(endpoint.id()),
        new ConfigChange.PutKey(key),
        new ConfigChange.RemoveKey(key.id()),
        new ConfigChange.PutSite(site.with(SiteSettings.DEFAULT)));

    Config config = harness.store().config().load();
    assertThat(config.version()).isEqualTo(1);
    assertThat(config.endpoints()).hasSize(1).doesNotContainKey(endpoint.id());
    assertThat(config.keys()).isEmpty();
    assertThat(config.sites().get(SiteId.DEFAULT).settings()).isEqualTo(SiteSettings.DEFAULT);
  }

  @Test
  default void replacesEntriesWithTheSameName(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    Endpoint full = samples.fullEndpoint(SiteId.DEFAULT);
    Site site = samples.fullSite("default");
    assertIsKept(harness, new ConfigChange.PutSite(site), new ConfigChange.PutEndpoint(full));

    Endpoint changed = full.with(s -> s.eventTypes(full.eventTypes().subList(0, 1)));
    assertIsKept(
        harness,
        new ConfigChange.PutEndpoint(changed),
        new ConfigChange.PutSite(site.with(SiteSettings.DEFAULT)));

    assertThat(harness.store().config().load().endpoints()).containsOnlyKeys(full.id());
    assertThat(harness.store().config().load().endpoints().get(full.id())).isEqualTo(changed);
  }

  @Promise(
      by = ConfigStore.class,
      value = "empty, with nothing changed, if another change came first")
  @Test
  default void refusesAChangeBasedOnAnotherVersion(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    ConfigStore store = harness.store().config();
    List<ConfigChange> changes = List.of(new ConfigChange.PutSite(samples.fullSite("default")));
    store.save(changes, 0);
    Config before = store.load();
    List<ConfigChange> more = List.of(new ConfigChange.PutKey(samples.key(null)));

    for (long wrong : List.of(0L, 2L, -1L, Long.MAX_VALUE)) {
      assertThat(store.save(more, wrong)).isEmpty();
      assertThat(store.load()).isEqualTo(before);
      assertThat(store.version()).isEqualTo(1);
    }
    assertThat(store.save(more, 1)).contains(2L);
  }

  @Test
  default void removesASiteWithItsEndpointsAndKeysButNotItsLog(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    SiteId gone = Samples.SITE;
    SiteId stays = new SiteId("stays");
    ApiKey everywhere = samples.key(null);
    ApiKey bound = samples.key(stays);
    Endpoint kept = samples.plainEndpoint(stays);
    harness.queued(harness.samples.endpoint());
    assertIsKept(
        harness,
        new ConfigChange.PutSite(samples.fullSite(gone.value())),
        new ConfigChange.PutSite(samples.fullSite(stays.value())),
        new ConfigChange.PutEndpoint(samples.fullEndpoint(gone)),
        new ConfigChange.PutEndpoint(kept),
        new ConfigChange.PutKey(samples.key(gone)),
        new ConfigChange.PutKey(bound),
        new ConfigChange.PutKey(everywhere));

    assertIsKept(harness, new ConfigChange.RemoveSite(gone));

    Config config = harness.store().config().load();
    assertThat(config.sites()).containsOnlyKeys(stays);
    assertThat(config.endpoints()).containsOnlyKeys(kept.id());
    assertThat(config.keys()).containsOnlyKeys(bound.id(), everywhere.id());
    assertThat(harness.store().log().deliveries(DeliveryQuery.ofSite(gone)).data()).hasSize(1);
  }

  @Test
  default void acceptsTheRemovalOfMissingEntries(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    assertIsKept(
        harness,
        new ConfigChange.RemoveSite(new SiteId("nobody")),
        new ConfigChange.RemoveEndpoint(harness.samples.endpoint()),
        new ConfigChange.RemoveKey(samples.key(null).id()));
  }

  @Promise(
      by = ConfigStore.class,
      value = "empty, with nothing changed, if another change came first")
  @Test
  default void onlyOneOfTwoConcurrentChangesWins(StoreHarness harness) throws Exception {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    ConfigStore store = harness.store().config();
    for (int round = 0; round < 10; round++) {
      long version = store.version();
      AtomicInteger won = new AtomicInteger();
      List<Callable<Void>> saves = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        List<ConfigChange> change = List.of(new ConfigChange.PutKey(samples.key(null)));
        saves.add(
            () -> {
              store.save(change, version).ifPresent(next -> won.incrementAndGet());
              return null;
            });
      }
      Threads.atOnce(saves);

      assertThat(won).hasValue(1);
      assertThat(store.version()).isEqualTo(version + 1);
      assertThat(store.load().keys()).hasSize(round + 1);
    }
  }
}
