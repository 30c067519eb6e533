package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the errors in the options of a command, so that a user can correct all of them at once.
 * Not thread-safe.
 */
public final class OptionProblems {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Problems problems = new Problems();

  private void add(InvalidException e) {
    e.problems().forEach(problems::add);
  }

  /** Runs code that reads options and collects the problems that it throws. */
  public void check(Runnable reader) {
    try {
      reader.run();
    } catch (InvalidException e) {
      add(e);
    }
  }

  /** Returns the value of an option; null if it is not given, or if there is a problem with it. */
  public <T> @Nullable T read(Supplier<@Nullable T> reader) {
    try {
      return reader.get();
    } catch (InvalidException e) {
      add(e);
      return null;
    }
  }

  /**
   * Returns the value from a reader that calls the server, as {@link #read} does. If there are
   * problems already, an API error is ignored and null returned.
   */
  public <T> @Nullable T ask(Supplier<@Nullable T> reader) {
    try {
      return read(reader);
    } catch (ApiException e) {
      if (problems.isEmpty()) {
        throw e;
      }
      return null;
    }
  }

  /**
   * Throws if there are problems.
   *
   * @throws InvalidException with all of them
   */
  public void throwIfAny() {
    problems.throwIfAny();
  }

  /**
   * Throws if there are problems, adding those that the server would find next.
   *
   * @param table the fields that the server reads from the request
   * @param body the part of the request body whose options are valid
   * @param rules adds problems in the values that could be read
   * @throws InvalidException with all of them
   */
  public void throwIfAny(
      FieldTable table, ObjectNode body, BiConsumer<Problems, FieldValues> rules) {
    if (!problems.isEmpty()) {
      check(() -> read(table, body, rules));
    }
    throwIfAny();
  }

  private static void read(
      FieldTable table, ObjectNode body, BiConsumer<Problems, FieldValues> rules) {
    ObjectNode given = plain(body);
    List<String> unset = new ArrayList<>();
    given.properties().stream()
        .filter(field -> field.getValue().isNull())
        .forEach(field -> unset.add(field.getKey()));
    given.remove(unset);
    List<String> names = new ArrayList<>();
    given.fieldNames().forEachRemaining(names::add);
    RequestFields fields = RequestFields.of(given, names.toArray(String[]::new));
    rules.accept(fields.problems(), table.read(fields));
    fields.check();
  }

  /** Returns a copy whose raw values are parsed as JSON. */
  private static ObjectNode plain(ObjectNode body) {
    try {
      return (ObjectNode) JSON.readTree(body.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("unreachable: written JSON can always be read back", e);
    }
  }

  /**
   * Throws if there are problems, adding those that the server finds in the rest of the request.
   *
   * @param request a request without side effects, sent only if there are problems; a failure that
   *     is not a usage error is ignored
   * @throws InvalidException with all of them
   */
  public void throwIfAny(Supplier<JsonNode> request) {
    if (!problems.isEmpty()) {
      try {
        JsonNode unused = request.get();
      } catch (ApiException e) {
        List<Problem> more = e.isUsage() ? e.problems() : List.of();
        more.forEach(problems::add);
      } catch (InvalidException e) {
        add(e);
      }
    }
    throwIfAny();
  }
}
