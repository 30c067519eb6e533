package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.ApiKey;
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

/** How the configuration is kept. */
@Promise(by = ConfigStore.class, value = "the result is what Config.after returns")
public interface ConfigStoreContract extends StoreFixture {
  @Promise(by = ConfigStore.class, value = "Reads everything; Config.EMPTY in a new store.")
  @Test
  default void beginsWithNothing(Scene scene) {
    assertThat(scene.store().config().load()).isEqualTo(Config.EMPTY);
    assertThat(scene.store().config().version()).isZero();
  }

  @Test
  default void keepsEveryFieldOfASite(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    assertIsKept(
        scene,
        new ConfigChange.PutSite(new Site(SiteId.DEFAULT, SiteSettings.DEFAULT, Samples.START)),
        new ConfigChange.PutSite(samples.fullSite("full_site-2")));
  }

  @Test
  default void keepsEveryFieldOfAnEndpoint(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    assertIsKept(
        scene,
        new ConfigChange.PutSite(samples.fullSite("default")),
        new ConfigChange.PutEndpoint(samples.plainEndpoint(SiteId.DEFAULT)),
        new ConfigChange.PutEndpoint(samples.fullEndpoint(SiteId.DEFAULT)));
  }

  @Test
  default void keepsEveryFieldOfAKey(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    assertIsKept(
        scene,
        new ConfigChange.PutSite(samples.fullSite("default")),
        new ConfigChange.PutKey(samples.key(null)),
        new ConfigChange.PutKey(samples.key(SiteId.DEFAULT)));
  }

  @Test
  default void keepsTheRotationUntilItEnds(Scene scene) {
    assertIsKept(scene, new ConfigChange.PutRotation("mk_2"));
    assertIsKept(scene, new ConfigChange.PutRotation("mk_3"));
    assertThat(scene.store().config().load().rotation()).isEqualTo("mk_3");
    assertIsKept(scene, new ConfigChange.PutRotation(null));
    assertThat(scene.store().config().load().rotation()).isNull();
  }

  private static void assertIsKept(Scene scene, ConfigChange... changes) {
    ConfigStore store = scene.store().config();
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
  default void tellsEveryEarlierStateWhatHasChangedSince(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    ConfigStore store = scene.store().config();
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
  default void appliesChangesTogetherAndInOrder(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    Endpoint endpoint = samples.plainEndpoint(SiteId.DEFAULT);
    ApiKey key = samples.key(null);
    Site site = samples.fullSite("default");
    assertIsKept(
        scene,
        new ConfigChange.PutSite(site),
        new ConfigChange.PutEndpoint(endpoint),
        new ConfigChange.PutEndpoint(samples.plainEndpoint(SiteId.DEFAULT)),
        new ConfigChange.RemoveEndpoint(endpoint.id()),
        new ConfigChange.PutKey(key),
        new ConfigChange.RemoveKey(key.id()),
        new ConfigChange.PutSite(site.with(SiteSettings.DEFAULT)));

    Config config = scene.store().config().load();
    assertThat(config.version()).isEqualTo(1);
    assertThat(config.endpoints()).hasSize(1).doesNotContainKey(endpoint.id());
    assertThat(config.keys()).isEmpty();
    assertThat(config.sites().get(SiteId.DEFAULT).settings()).isEqualTo(SiteSettings.DEFAULT);
  }

  @Test
  default void replacesWhatHasTheSameName(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    Endpoint full = samples.fullEndpoint(SiteId.DEFAULT);
    Site site = samples.fullSite("default");
    assertIsKept(scene, new ConfigChange.PutSite(site), new ConfigChange.PutEndpoint(full));

    Endpoint changed = full.with(s -> s.eventTypes(full.eventTypes().subList(0, 1)));
    assertIsKept(
        scene,
        new ConfigChange.PutEndpoint(changed),
        new ConfigChange.PutSite(site.with(SiteSettings.DEFAULT)));

    assertThat(scene.store().config().load().endpoints()).containsOnlyKeys(full.id());
    assertThat(scene.store().config().load().endpoints().get(full.id())).isEqualTo(changed);
  }

  @Promise(
      by = ConfigStore.class,
      value = "empty, with nothing changed, if another change came first")
  @Test
  default void changesNothingForAnotherVersion(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    ConfigStore store = scene.store().config();
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
  default void removesASiteWithItsEndpointsAndKeysButNotItsLog(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    SiteId gone = Samples.SITE;
    SiteId stays = new SiteId("stays");
    ApiKey everywhere = samples.key(null);
    ApiKey bound = samples.key(stays);
    Endpoint kept = samples.plainEndpoint(stays);
    scene.queued(scene.samples.endpoint());
    assertIsKept(
        scene,
        new ConfigChange.PutSite(samples.fullSite(gone.value())),
        new ConfigChange.PutSite(samples.fullSite(stays.value())),
        new ConfigChange.PutEndpoint(samples.fullEndpoint(gone)),
        new ConfigChange.PutEndpoint(kept),
        new ConfigChange.PutKey(samples.key(gone)),
        new ConfigChange.PutKey(bound),
        new ConfigChange.PutKey(everywhere));

    assertIsKept(scene, new ConfigChange.RemoveSite(gone));

    Config config = scene.store().config().load();
    assertThat(config.sites()).containsOnlyKeys(stays);
    assertThat(config.endpoints()).containsOnlyKeys(kept.id());
    assertThat(config.keys()).containsOnlyKeys(bound.id(), everywhere.id());
    assertThat(scene.store().log().deliveries(DeliveryQuery.ofSite(gone)).data()).hasSize(1);
  }

  @Test
  default void takesTheRemovalOfWhatIsNotThere(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    assertIsKept(
        scene,
        new ConfigChange.RemoveSite(new SiteId("nobody")),
        new ConfigChange.RemoveEndpoint(scene.samples.endpoint()),
        new ConfigChange.RemoveKey(samples.key(null).id()));
  }

  @Promise(
      by = ConfigStore.class,
      value = "empty, with nothing changed, if another change came first")
  @Test
  default void letsOneOfTwoChangesAtOnceWin(Scene scene) throws Exception {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    ConfigStore store = scene.store().config();
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
