package dev.hookferry.http.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.audit.Actor;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.wire.JsonBody;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request as its handler sees it: routed, permitted, its body read. */
public final class Call {
  private final RouteTable.Found found;
  private final QueryParameters query;
  private final Actor actor;
  private final HeaderMap headers;
  private final byte[] body;
  private final Executor thread;

  Call(RequestAdmission.Admitted admitted, HttpServerExchange exchange, byte[] body) {
    found = admitted.found();
    query = admitted.query();
    actor = admitted.actor();
    headers = exchange.getRequestHeaders();
    thread = exchange.getIoThread();
    this.body = body;
  }

  /** The thread of its connection, on which nothing may block. */
  public Executor thread() {
    return thread;
  }

  /** The site in the path. */
  public SiteId site() {
    return found.site();
  }

  /** The endpoint in the path. */
  public EndpointId endpoint() {
    return id("endpoint", EndpointId::parse);
  }

  /** The delivery in the path. */
  public DeliveryId delivery() {
    return id("delivery", DeliveryId::parse);
  }

  /** What the path names by its last id. */
  public <T> T id(String kind, Function<String, T> parse) {
    return found.named("id", kind, parse);
  }

  /** Who calls. */
  public Actor actor() {
    return actor;
  }

  public QueryParameters query() {
    return query;
  }

  public byte[] body() {
    return body;
  }

  /** The body as an object with these fields; as an empty one, if there is none. */
  public RequestFields fields(String... known) {
    return RequestFields.of(JsonBody.object(body), known);
  }

  /** The same where null says no more than a field that is not there. */
  public RequestFields givenFields(String... known) {
    return given(List.of(known), Set.of());
  }

  /**
   * The body as an object with the fields of a table, in which null means absent.
   *
   * @param clearable the names of those in which null means something
   */
  public RequestFields given(FieldTable table, Set<String> clearable) {
    return given(table.names(), clearable);
  }

  private RequestFields given(List<String> known, Set<String> clearable) {
    ObjectNode object = JsonBody.object(body);
    for (String name : known) {
      if (object.path(name).isNull() && !clearable.contains(name)) {
        object.remove(name);
      }
    }
    return RequestFields.of(object, known.toArray(String[]::new));
  }

  /** A header that may be there once. */
  @Nullable
  public String header(String name) {
    HeaderValues values = headers.get(name);
    if (values != null && values.size() > 1) {
      throw InvalidException.of(name, "is there twice");
    }
    return values == null ? null : values.getFirst();
  }
}
