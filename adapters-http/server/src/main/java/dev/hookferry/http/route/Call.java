package dev.hookferry.http.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.audit.Actor;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.wire.JsonBody;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request as its handler sees it: routed and authorized, with its body read. */
public final class Call {
  private final RouteTable.RouteMatch found;
  private final QueryParameters query;
  private final AccessGate.Passed passed;
  private final boolean isHead;
  private final String scheme;
  private final String url;
  private final String rawQuery;
  private final HeaderMap headers;
  private final byte[] body;
  private final Executor thread;
  private final Executor workers;

  Call(RequestAdmission.Admitted admitted, HttpServerExchange exchange, byte[] body) {
    found = admitted.found();
    query = admitted.query();
    passed = admitted.passed();
    isHead = exchange.getRequestMethod().equals(Methods.HEAD);
    scheme = exchange.getRequestScheme();
    url = exchange.getRequestURI();
    rawQuery = exchange.getQueryString();
    headers = exchange.getRequestHeaders();
    thread = exchange.getIoThread();
    workers = exchange.getConnection().getWorker();
    this.body = body;
  }

  /** Returns the IO thread of the connection. Tasks on it must not block. */
  public Executor thread() {
    return thread;
  }

  /** Returns the worker threads, whose tasks may block. */
  public Executor workers() {
    return workers;
  }

  /** Returns the site in the path. */
  public SiteId site() {
    SiteId site = passed.site();
    return site == null ? found.site() : site;
  }

  /** Returns a path variable as it was sent. */
  public String variable(String name) {
    return String.valueOf(found.path().get(name));
  }

  /** Returns the request target: the path and the query as they were sent. */
  public String target() {
    return rawQuery.isEmpty() ? url : url + "?" + rawQuery;
  }

  /**
   * Returns the scheme and host that the client sees; a proxy may forward the scheme.
   *
   * @param behindProxy whether a proxy in front terminates TLS
   */
  public String origin(boolean behindProxy) {
    return origin(
        behindProxy || scheme.equals("https"),
        headers.getFirst("X-Forwarded-Proto"),
        headers.getFirst(Headers.HOST));
  }

  /**
   * Returns the scheme and host that a client sees.
   *
   * @param isTls whether the connection is encrypted, or a proxy in front terminates TLS
   * @param forwarded the header {@code X-Forwarded-Proto}, if there is one
   * @param host the header {@code Host}, if there is one
   */
  public static String origin(boolean isTls, @Nullable String forwarded, @Nullable String host) {
    boolean isSecure =
        "https".equalsIgnoreCase(forwarded) || (isTls && !"http".equalsIgnoreCase(forwarded));
    return (isSecure ? "https://" : "http://") + (host == null ? "localhost" : host);
  }

  /** Returns whether this is a HEAD request. */
  public boolean isHead() {
    return isHead;
  }

  /** Returns the query as it was sent, without the question mark; empty if there is none. */
  public String rawQuery() {
    return rawQuery;
  }

  /** Returns the delivery in the path. */
  public DeliveryId delivery() {
    return id("delivery", DeliveryId::parse);
  }

  /** Returns the id at the end of the path. */
  public <T> T id(String kind, Function<String, T> parse) {
    return found.named("id", kind, parse);
  }

  /** Returns a number in the path, from 1; anything else gets the same 404 as an unknown number. */
  public int number(String name, String kind) {
    return found.named(
        name,
        kind,
        text -> {
          if (!text.matches("[1-9][0-9]{0,8}")) {
            throw InvalidException.of(name, "must be a whole number from 1");
          }
          return Integer.parseInt(text);
        });
  }

  /** Returns the caller. */
  public Actor actor() {
    return passed.actor();
  }

  /** Returns whether the caller's key is bound to a site. */
  public boolean isBound() {
    return passed.isBound();
  }

  public QueryParameters query() {
    return query;
  }

  public byte[] body() {
    return body;
  }

  /** Returns the body as an object with these fields; an empty object if there is no body. */
  public RequestFields fields(String... known) {
    return RequestFields.of(object(), known);
  }

  /** Like {@link #fields}, but null counts as absent. */
  public RequestFields givenFields(String... known) {
    return given(List.of(known), Set.of());
  }

  /**
   * Returns the body as an object with the fields of a table, in which null counts as absent unless
   * the field can be reset.
   */
  public RequestFields given(FieldTable table) {
    return given(table.names(), table.resettable());
  }

  /**
   * Returns the body as {@link #given(FieldTable)} does, for a client that may send a response
   * back.
   *
   * @param readOnly the names of read-only fields, which are ignored
   * @throws InvalidException if the body has only read-only fields: the caller meant to change them
   */
  public RequestFields given(FieldTable table, Set<String> readOnly) {
    ObjectNode object = object();
    Problems problems = new Problems();
    for (String name : readOnly) {
      if (object.remove(name) != null) {
        problems.add(name, "is read-only");
      }
    }
    if (object.isEmpty()) {
      problems.throwIfAny();
    }
    return given(object, table.names(), table.resettable());
  }

  private RequestFields given(List<String> known, Set<String> clearable) {
    return given(object(), known, clearable);
  }

  /** Accepts null as an optional body: some generated clients send it instead of no body. */
  private ObjectNode object() {
    boolean optional = found.route().body() == ApiRoute.Body.OPTIONAL;
    return optional ? JsonBody.objectOrNull(body) : JsonBody.object(body);
  }

  private static RequestFields given(ObjectNode object, List<String> known, Set<String> clearable) {
    for (String name : known) {
      if (object.path(name).isNull() && !clearable.contains(name)) {
        object.remove(name);
      }
    }
    return RequestFields.of(object, known.toArray(String[]::new));
  }

  /** Returns a header that may occur once, or null if it is absent. */
  public @Nullable String header(String name) {
    HeaderValues values = headers.get(name);
    if (values != null && values.size() > 1) {
      throw InvalidException.of(name, "is given twice");
    }
    return values == null ? null : values.getFirst();
  }

  /** Returns a list-valued header, joined from all its lines, or null if it is absent. */
  public @Nullable String list(String name) {
    HeaderValues values = headers.get(name);
    return values == null ? null : String.join(", ", values);
  }
}
