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
 * Collects the errors in the options of a command, so that a user corrects all of it at once. Not
 * thread-safe.
 */
public final class OptionProblems {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Problems problems = new Problems();

  private void add(InvalidException e) {
    e.problems().forEach(problems::add);
  }

  /** Runs a reader of options and keeps the problems that it throws. */
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
   * Does the same as {@link #read} with a reader that asks the server. If there are problems
   * already, an unreachable server is ignored.
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
   * Throws if there are problems, with those that the server would find next.
   *
   * @param table the fields that the server reads from the request
   * @param body the part of the request's body that could be made
   * @param rules adds problems of the values that could be read
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

  /** Parses the values of options as JSON. */
  private static ObjectNode plain(ObjectNode body) {
    try {
      return (ObjectNode) JSON.readTree(body.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("unreachable: written JSON can always be read back", e);
    }
  }

  /**
   * Throws if there are problems, with those that the server finds in the rest of the request.
   *
   * @param request a request without effect, made only if there are problems; if it fails for
   *     another reason than its options, that is ignored
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
