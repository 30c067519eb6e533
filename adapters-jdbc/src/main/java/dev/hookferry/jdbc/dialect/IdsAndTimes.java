package dev.hookferry.jdbc.dialect;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Binds ids and times in the form that the dialect expects. */
public final class IdsAndTimes implements ArgumentFactory.Preparable {
  private final Dialect dialect;

  public IdsAndTimes(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
    return type.equals(UUID.class) || type.equals(Instant.class)
        ? Optional.of(this::argument)
        : Optional.empty();
  }

  private Argument argument(Object value) {
    Object encoded = dialect.encode(value);
    return (position, statement, context) -> statement.setObject(position, encoded);
  }
}
