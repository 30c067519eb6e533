package dev.hookferry.http.console.frame;

import dev.hookferry.query.PageRequest;
import dev.hookferry.session.NewSession;
import dev.hookferry.session.OpenSession;
import dev.hookferry.session.SessionKeeper;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Changes of one session that await confirmation. The store keeps them sealed, for an hour. */
final class SessionDrafts {
  /** The kind of drafts among the sessions of the store. */
  static final String KIND = "console-draft";

  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int MAX = 8;

  private final SessionKeeper keeper;
  private final SessionEntry session;

  SessionDrafts(SessionKeeper keeper, SessionEntry session) {
    this.keeper = keeper;
    this.session = session;
  }

  private record StoredDraft(String type, String json) {}

  /** Stores a draft and returns its name. Beyond the limit, the oldest is dropped. */
  String add(Object draft) {
    SessionFilter mine = SessionFilter.ofKind(KIND).subject(owner());
    List<SessionEntry> entries = keeper.list(mine, PageRequest.of(MAX)).data();
    if (entries.size() == MAX) {
      int unused = keeper.end(mine.id(entries.get(MAX - 1).id()));
    }
    StoredDraft stored = new StoredDraft(draft.getClass().getName(), SessionJson.write(draft));
    return keeper
        .begin(
            NewSession.of(KIND, LIFETIME)
                .subject(owner())
                .key(session.key())
                .text(SessionJson.write(stored)))
        .token();
  }

  /** Returns a draft and keeps it. */
  <T> Optional<T> find(String name, Class<T> type) {
    return keeper.find(KIND, name).flatMap(draft -> read(draft, type));
  }

  /** Returns a draft and removes it. Only one of several concurrent callers receives it. */
  <T> Optional<T> take(String name, Class<T> type) {
    return keeper.take(KIND, name).flatMap(draft -> read(draft, type));
  }

  private <T> Optional<T> read(OpenSession draft, Class<T> type) {
    return Optional.of(draft)
        .filter(one -> one.entry().subject().equals(owner()))
        .flatMap(one -> SessionJson.read(one.text(), StoredDraft.class))
        .filter(stored -> stored.type().equals(type.getName()))
        .flatMap(stored -> SessionJson.read(stored.json(), type));
  }

  private String owner() {
    return session.id().toString();
  }
}
