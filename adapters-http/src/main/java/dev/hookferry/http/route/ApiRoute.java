package dev.hookferry.http.route;

import dev.hookferry.access.Scope;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.QueryParameters;
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
public record ApiRoute(
    String method,
    String template,
    @Nullable Scope scope,
    Body body,
    Set<String> query,
    Action action) {

  /** What body a call has. */
  public enum Body {
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
  public interface Action {
    CompletableFuture<HttpReply> run(Call call);
  }

  /** An action that answers when it returns. */
  public static Action blocking(Function<Call, HttpReply> handler) {
    return call -> CompletableFuture.completedFuture(handler.apply(call));
  }

  public static ApiRoute get(
      String template, @Nullable Scope scope, Function<Call, HttpReply> handler) {
    return new ApiRoute("GET", template, scope, Body.NONE, Set.of(), blocking(handler));
  }

  public static ApiRoute post(String template, Scope scope, Function<Call, HttpReply> handler) {
    return new ApiRoute("POST", template, scope, Body.OBJECT, Set.of(), blocking(handler));
  }

  public static ApiRoute put(String template, Scope scope, Function<Call, HttpReply> handler) {
    return new ApiRoute("PUT", template, scope, Body.OBJECT, Set.of(), blocking(handler));
  }

  public static ApiRoute patch(String template, Scope scope, Function<Call, HttpReply> handler) {
    return new ApiRoute("PATCH", template, scope, Body.OBJECT, Set.of(), blocking(handler));
  }

  public static ApiRoute delete(String template, Scope scope, Function<Call, HttpReply> handler) {
    return new ApiRoute("DELETE", template, scope, Body.NONE, Set.of(), blocking(handler));
  }

  /** A call that takes events. */
  public static ApiRoute events(String template, Action action) {
    return new ApiRoute("POST", template, Scope.PUBLISH, Body.EVENTS, Set.of(), action);
  }

  /** A verb that goes beyond reading and writing, and may take its time. */
  public static ApiRoute verb(String template, Scope scope, Action action) {
    return new ApiRoute("POST", template, scope, Body.OPTIONAL, Set.of(), action);
  }

  /** The same with a body that must be there. */
  public ApiRoute withBody() {
    return new ApiRoute(method, template, scope, Body.OBJECT, query, action);
  }

  /** The same with the parameters of a list, and these. */
  public ApiRoute listing(String... own) {
    return new ApiRoute(method, template, scope, body, QueryParameters.names(own), action);
  }

  /** Whether a key bound to one site can be enough. */
  public boolean isOfSite() {
    return template.contains("/{site}");
  }
}
