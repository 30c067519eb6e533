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
 * @param method the HTTP method
 * @param template the path, with variables in braces
 * @param scope the scope that the key must have, or null if no key is needed
 * @param body the kind of body that the call accepts
 * @param query the query parameters that the call accepts
 * @param action the handler
 */
public record ApiRoute(
    String method,
    String template,
    @Nullable Scope scope,
    Body body,
    Set<String> query,
    Action action) {

  /** The kind of body that a call accepts. */
  public enum Body {
    /** No body. */
    NONE,
    /** A JSON object, which may be omitted. */
    OPTIONAL,
    /** A JSON object, required. */
    OBJECT,
    /** Events: handled on the IO thread that read them, since publishing does not block. */
    EVENTS,
    /**
     * Any body or none, of any Content-Type, and any query parameters: for calls that emulate
     * another product's API and parse both themselves.
     */
    LENIENT
  }

  /**
   * Handles a request. An exception that it throws, or that its future fails with, becomes the
   * reply.
   */
  @FunctionalInterface
  public interface Action {
    CompletableFuture<HttpReply> run(Call call);
  }

  /** Returns an action that replies as soon as the handler returns. The handler may block. */
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

  /** Returns a call that publishes events. */
  public static ApiRoute events(String template, Action action) {
    return new ApiRoute("POST", template, Scope.PUBLISH, Body.EVENTS, Set.of(), action);
  }

  /** Returns a POST that does more than read or write a resource and may complete later. */
  public static ApiRoute verb(String template, Scope scope, Action action) {
    return new ApiRoute("POST", template, scope, Body.OPTIONAL, Set.of(), action);
  }

  /** Returns a copy that requires a body. */
  public ApiRoute withBody() {
    return new ApiRoute(method, template, scope, Body.OBJECT, query, action);
  }

  /** Returns a copy that accepts the query parameters of every list, and these. */
  public ApiRoute listing(String... own) {
    return new ApiRoute(method, template, scope, body, QueryParameters.names(own), action);
  }

  /** Returns a copy that accepts these query parameters. */
  public ApiRoute accepting(String... own) {
    return new ApiRoute(method, template, scope, body, Set.of(own), action);
  }

  /** Returns a copy with the given action. */
  public ApiRoute with(Action action) {
    return new ApiRoute(method, template, scope, body, query, action);
  }

  /** Returns a call that takes any body and query. */
  public static ApiRoute lenient(
      String method, String template, @Nullable Scope scope, Action action) {
    return new ApiRoute(method, template, scope, Body.LENIENT, Set.of(), action);
  }

  /** Returns whether the path names a site, so that a key bound to that site can suffice. */
  public boolean isSiteScoped() {
    return template.contains("/{site}") || isAppScoped();
  }

  /** Returns whether the call concerns the caller's own key, so that any valid key suffices. */
  public boolean isAboutOwnKey() {
    return template.endsWith("/keys/self");
  }

  /** Returns whether it is the liveness check, which must not wait for a store. */
  boolean isLiveness() {
    return template.equals("/healthz");
  }

  /** Returns whether the path names a site by its id or uid. */
  boolean isAppScoped() {
    return template.contains("/{app}");
  }
}
