package dev.hookferry.app.search;

import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.AttemptLog;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A query of a log.
 *
 * @param name what is asked, as parameters of the API
 * @param answer gives a page of it
 */
record Question(String name, BiFunction<AttemptLog, PageRequest, Page<?>> answer) {
  static Question deliveries(String name, DeliveryQuery query) {
    return new Question("deliveries " + name, (log, page) -> log.deliveries(query.page(page)));
  }

  static Question attempts(String name, AttemptQuery query) {
    return new Question("log " + name, (log, page) -> log.attempts(query.page(page)));
  }

  static Question events(String name, EventQuery query) {
    return new Question("events " + name, (log, page) -> log.events(query.page(page)));
  }

  /** A look at one thing. */
  static Question one(String name, Function<AttemptLog, Optional<?>> look) {
    return new Question(name, (log, page) -> new Page<>(look.apply(log).stream().toList(), null));
  }

  Page<?> ask(AttemptLog log, PageRequest page) {
    return answer.apply(log, page);
  }

  /** How many there are on the first page, and where a page far behind it begins, if there is. */
  List<PageRequest> pages(AttemptLog log, int far) {
    PageRequest next = PageRequest.FIRST;
    Page<?> page = ask(log, PageRequest.of(PageRequest.MAX_LIMIT));
    for (int i = 1; i < far && page.next() != null; i++) {
      next = PageRequest.of(PageRequest.FIRST.limit()).after(page.next());
      page = ask(log, PageRequest.of(PageRequest.MAX_LIMIT).after(page.next()));
    }
    return next.cursor() == null ? List.of(PageRequest.FIRST) : List.of(PageRequest.FIRST, next);
  }
}
