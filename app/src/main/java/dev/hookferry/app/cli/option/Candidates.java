package dev.hookferry.app.cli.option;

import dev.hookferry.access.Scope;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.portal.PortalCapability;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Shell completion candidates for option values. */
public final class Candidates {
  private Candidates() {}

  /** The scopes of a key. */
  public static final class Scopes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Scope.values()).map(Scope::code).iterator();
    }
  }

  /** The capabilities of a link to the portal. */
  public static final class Capabilities implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(PortalCapability.values()).map(PortalCapability::code).iterator();
    }
  }

  /** The outcomes of an attempt. */
  public static final class Outcomes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.copyOf(QueryFields.OUTCOMES.words()).iterator();
    }
  }
}
