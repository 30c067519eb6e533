package dev.hookferry.http.server;

import dev.hookferry.access.Scope;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API.
 *
 * @param method of HTTP
 * @param template the path, with names in braces for what differs
 * @param scope what a key must permit, or null if no key is needed
 * @param body what body the call has
 * @param query the parameters that the call has
 * @param action what it does
 */
record Route(
    String method,
    String template,
    @Nullable Scope scope,
    Body body,
    Set<String> query,
    Action action) {

  /** What body a call has. */
  enum Body {
    /** None at all. */
    NONE,
    /** A JSON object that may be left out. */
    OPTIONAL,
    /** A JSON object. */
    OBJECT,
    /** Events: handled where they were read, since it does not block. */
    EVENTS
  }

  /** Does what is asked. What it throws, and what its future fails with, is answered. */
  @FunctionalInterface
  interface Action {
    CompletableFuture<Reply> run(Call call);
  }

  /** An action that answers when it returns. */
  static Action blocking(Function<Call, Reply> handler) {
    return call -> CompletableFuture.completedFuture(handler.apply(call));
  }

  static Route get(String template, @Nullable Scope scope, Function<Call, Reply> handler) {
    return new Route("GET", template, scope, Body.NONE, Set.of(), blocking(handler));
  }

  static Route post(String template, Scope scope, Function<Call, Reply> handler) {
    return new Route("POST", template, scope, Body.OBJECT, Set.of(), blocking(handler));
  }

  static Route put(String template, Scope scope, Function<Call, Reply> handler) {
    return new Route("PUT", template, scope, Body.OBJECT, Set.of(), blocking(handler));
  }

  static Route patch(String template, Scope scope, Function<Call, Reply> handler) {
    return new Route("PATCH", template, scope, Body.OBJECT, Set.of(), blocking(handler));
  }

  static Route delete(String template, Scope scope, Function<Call, Reply> handler) {
    return new Route("DELETE", template, scope, Body.NONE, Set.of(), blocking(handler));
  }

  /** A verb that goes beyond reading and writing, and may take its time. */
  static Route verb(String template, Scope scope, Action action) {
    return new Route("POST", template, scope, Body.OPTIONAL, Set.of(), action);
  }

  /** The same with a body that must be there. */
  Route withBody() {
    return new Route(method, template, scope, Body.OBJECT, query, action);
  }

  /** The same with the parameters of a list, and these. */
  Route listing(String... own) {
    return new Route(method, template, scope, body, Query.names(own), action);
  }

  /** Whether a key bound to one site can be enough. */
  boolean isOfSite() {
    return template.contains("/{site}");
  }
}
