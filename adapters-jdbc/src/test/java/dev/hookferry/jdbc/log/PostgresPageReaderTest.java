package dev.hookferry.jdbc.log;

import dev.hookferry.contract.store.model.RandomQueries;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.Postgres;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks that are much too short lead to the same lists: what they do not find is picked. */
final class PostgresPageReaderTest {
  private static final int EVENTS = 200;

  @Test
  void findsTheSameHoweverShortTheWalks() {
    try (TestDatabase database = new Postgres();
        TestNode node = new TestNode(database.url())) {
      fill(node);
      try (Database looking = database.connectAsStore()) {
        AttemptLog log =
            new JdbcLog(
                looking, SqlRetention.of(looking), new PostgresPageReader(looking, 3, 12), 5);
        Random random = new Random(1);
        for (int i = 0; i < 10; i++) {
          new RandomQueries(node.store, around(node.store, log), Samples.SITE, random).compare();
        }
      }
    }
  }

  /** The same store with another log. */
  static Store around(Store store, AttemptLog log) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (self, method, arguments) ->
                method.getName().equals("log") ? log : method.invoke(store, arguments));
  }

  static void fill(TestNode node) {
    Samples samples = node.samples;
    List<EndpointId> endpoints = Stream.generate(samples::endpoint).limit(4).toList();
    List<AttemptResult> results = new ArrayList<>();
    List<PublishEntry> publications = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      Map<String, String> fields =
          Map.of("Key", "K" + samples.number(30), "Half", "" + samples.number(2));
      Event event = samples.event().with(EventOptions.NONE.withSearchFields(fields));
      Delivery delivery = samples.delivery(event, samples.oneOf(endpoints));
      publications.add(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true))));
      result(samples, delivery, results);
    }
    node.commit(new Batch(publications, List.of(), List.of(), List.of()));
    node.commit(new Batch(List.of(), results, List.of(), List.of()));
  }

  private static void result(Samples samples, Delivery delivery, List<AttemptResult> results) {
    Attempt failed = samples.attempt(delivery, samples.failure());
    switch (samples.number(20)) {
      case 0 -> results.add(new AttemptResult(delivery.cancelled(samples.now()), null));
      case 1 -> results.add(new AttemptResult(delivery.poisoned(samples.now()), failed));
      case 2, 3 -> results.add(new AttemptResult(delivery.exhausted(samples.now()), failed));
      case 4 -> results.add(new AttemptResult(delivery.retryAt(samples.now()), failed));
      default -> {
        Attempt taken = samples.attempt(delivery, samples.success());
        results.add(new AttemptResult(delivery.delivered(samples.now()), taken));
      }
    }
  }
}
